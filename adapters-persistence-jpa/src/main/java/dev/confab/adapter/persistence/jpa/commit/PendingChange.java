package dev.confab.adapter.persistence.jpa.commit;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.work.ActivityChange;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.MessageOverlay;
import java.util.Optional;

/**
 * The net change of one or more transactions to a conversation, before it is committed. Only the holder of the write
 * permit changes it, and only until its commit begins.
 */
public final class PendingChange {
    private final MessageOverlay messages;
    private Optional<Conversation> head;
    private Optional<ActivityChange> activity = Optional.empty();
    private Optional<FencingToken> token = Optional.empty();
    private boolean changed;
    private boolean purged;

    /** @param before the head of the state that the change is made over */
    public PendingChange(Optional<Conversation> before) {
        this.head = before;
        this.messages = new MessageOverlay(before.map(Conversation::messageCount).orElse(0));
    }

    /** Adds the change of a transaction that ran over this change. */
    public void add(Change change) {
        messages.add(change);
        head = change.after();
        activity = activity.flatMap(earlier -> change.activity().map(earlier::then)).or(change::activity)
                .or(() -> activity);
        token = change.token().or(() -> token);
        purged |= change.purges();
        changed = true;
    }

    public boolean isChanged() {
        return changed;
    }

    /** Whether the conversation was purged; a head is then that of another conversation with the same id. */
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

    /** Of the request that begins the conversation; empty when nothing is to be checked. */
    Optional<FencingToken> token() {
        return token;
    }

    public MessageOverlay messages() {
        return messages;
    }
}
