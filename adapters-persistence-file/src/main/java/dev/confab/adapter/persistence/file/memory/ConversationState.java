package dev.confab.adapter.persistence.file.memory;

import dev.confab.adapter.persistence.file.message.MessagesFile;
import dev.confab.adapter.persistence.file.message.StoredMessages;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.session.Activity;
import dev.confab.domain.work.ActivityChange;
import dev.confab.domain.work.Change;
import java.time.Instant;
import java.util.Optional;

/**
 * A conversation as of one commit, immutable.
 *
 * @param head empty before the conversation began and after it was purged
 * @param activity {@link Activity#NONE} itself when there is none, as in most conversations
 * @param revision grows by 1 with every commit
 * @param commit the number of the last commit; 0 when there is none
 */
public record ConversationState(Optional<Conversation> head, Activity activity, long revision, long commit,
        StoredMessages messages) {

    /** A conversation that never began. */
    public static final ConversationState ABSENT = new ConversationState(Optional.empty(), Activity.NONE, 0, 0,
            StoredMessages.of(MessagesFile.NONE));

    /** Whether readers see it at {@code now}: it has begun, and is neither deleted nor expired. */
    public boolean isLive(Instant now) {
        return head.isPresent() && !head.get().isDeleted() && !head.get().isExpired(now);
    }

    /** Whether the conversation was purged and its tombstone must stay. */
    public boolean isPurged() {
        return head.isEmpty() && commit > 0;
    }

    /**
     * The state after a commit. Only the holder of the write permit, or the journal for it, may call it.
     *
     * @param removedWeight of the messages that the change removes or replaces
     */
    public ConversationState after(Change change, long removedWeight, long commitNumber) {
        Activity now = change.activity().map(ActivityChange::after).orElse(activity);
        return new ConversationState(change.after(), now.equals(Activity.NONE) ? Activity.NONE : now, revision + 1,
                commitNumber, messages.after(change, removedWeight));
    }

    /** The same state after a checkpoint wrote all its messages to this file. */
    public ConversationState checkpointed(MessagesFile file) {
        return new ConversationState(head, activity, revision, commit, StoredMessages.of(file));
    }
}
