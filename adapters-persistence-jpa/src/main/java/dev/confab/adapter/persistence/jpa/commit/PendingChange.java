package dev.confab.adapter.persistence.jpa.commit;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.work.ActivityChange;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.MessageOverlay;
import java.util.Optional;

/**
 * The changes of several transactions, one after another, as one change over the state below.
 *
 * <p>Only the holder of the conversation's write permit changes it, and nobody once its commit has begun.
 */
public final class PendingChange {
    private final MessageOverlay messages;
    private Optional<Conversation> head;
    private Optional<ActivityChange> activity = Optional.empty();
    private boolean changed;
    private boolean purged;

    /** No change yet over a state with this head. */
    public PendingChange(Optional<Conversation> below) {
        this.head = below;
        this.messages = new MessageOverlay(below.map(Conversation::messageCount).orElse(0));
    }

    /** Adds the change of a transaction that ran over this pending. */
    public void add(Change change) {
        messages.add(change);
        head = change.after();
        activity = activity.flatMap(earlier -> change.activity().map(earlier::then)).or(change::activity)
                .or(() -> activity);
        purged |= change.purges();
        changed = true;
    }

    public boolean isChanged() {
        return changed;
    }

    /** Whether the conversation of the state below was purged; if there is a head, it is another conversation's. */
    boolean isPurged() {
        return purged;
    }

    public Optional<Conversation> head() {
        return head;
    }

    /** The net change of sessions and turns; empty when there is none. */
    public Optional<ActivityChange> activity() {
        return activity;
    }

    public MessageOverlay messages() {
        return messages;
    }
}
