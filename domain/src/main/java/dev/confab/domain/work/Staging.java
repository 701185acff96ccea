package dev.confab.domain.work;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent.ConversationImported;
import dev.confab.domain.conversation.ConversationEvent.MessagesStaged;
import dev.confab.domain.conversation.ConversationEvent.StagingCompleted;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Times;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Creates a conversation of any length in several transactions that readers see as one (S21): first its head as {@link
 * Conversation#isStaged staged}, then its messages, and at last the head as it shall be.
 *
 * <p>The staged head has the version of the complete one, so no message in it is newer than its conversation, and a digest that names
 * what is being staged: whoever finds it knows whether he may continue.
 */
public final class Staging {
    private Staging() {
    }

    /**
     * Begins to stage the conversation with this head.
     *
     * @param content names the messages to come; equal only if these are equal
     */
    public static ConversationImported begin(Conversation head, Digest content, Instant now) {
        Instant at = Times.requireMillis(now);
        var staged = new Conversation(head.id(), head.owner(), head.title(), head.metadata(), head.filing(),
                head.version(), 0, head.createdAt(), Times.later(head.createdAt(), at), Optional.empty(),
                Optional.of(Conversation.STAGED), head.origin(), content);
        return new ConversationImported(staged, List.of(), at);
    }

    /** Adds messages as they are. Throws {@link InvalidValue} for one that cannot be in this conversation. */
    public static MessagesStaged add(Conversation staged, List<Message> messages, Instant now) {
        for (Message message : messages) {
            if (message.version().compareTo(staged.version()) > 0) {
                throw new InvalidValue("messages/" + (message.position() - 1) + "/version",
                        "is newer than the conversation's");
            }
        }
        return new MessagesStaged(staged.id(), staged.version(), at(staged, now), messages);
    }

    /** Completes it. The head must be the one it was begun with, with as many messages as were staged. */
    public static StagingCompleted complete(Conversation staged, Conversation head, Instant now) {
        return new StagingCompleted(head, at(staged, now));
    }

    private static Instant at(Conversation staged, Instant now) {
        return Times.following(staged.updatedAt(), Times.requireMillis(now));
    }
}
