package dev.confab.domain.session;

import dev.confab.domain.conversation.CanonicalUuid;
import dev.confab.domain.conversation.MessageId;
import java.util.UUID;

/** Identifies a turn. A UUID; of version 7 or, from an idempotency key, 5 when Confab created it. */
public record TurnId(UUID value) implements CanonicalUuid<TurnId> {
    /** The name of the reply among the messages that the turn appends. */
    public static final String REPLY = "reply";

    /** Parses the canonical text; throws {@code InvalidValue} for anything else. */
    public static TurnId parse(String text) {
        return new TurnId(CanonicalUuid.parse("turnId", text));
    }

    /** The id of the turn's reply, which therefore is known from the start, on every instance. */
    public MessageId replyId() {
        return messageId(REPLY, 1);
    }

    /**
     * An id for the message that has this name among those that the turn appends: the UUID of version 5 of the name. The ids after the first
     * are for a message whose id a client has given to another one.
     */
    public MessageId messageId(String name, int n) {
        return new MessageId(CanonicalUuid.named(value, n == 1 ? name : name + "/" + n));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
