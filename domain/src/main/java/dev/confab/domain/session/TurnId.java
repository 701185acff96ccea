package dev.confab.domain.session;

import dev.confab.domain.conversation.CanonicalUuid;
import dev.confab.domain.conversation.MessageId;
import java.util.UUID;

/** Identifies a turn. A UUID; of version 7 or, from an idempotency key, 5 when Confab created it. */
public record TurnId(UUID value) implements CanonicalUuid<TurnId> {

    /** Parses the canonical text; throws {@code InvalidValue} for anything else. */
    public static TurnId parse(String text) {
        return new TurnId(CanonicalUuid.parse("turnId", text));
    }

    /** The id of the turn's reply, which therefore is known from the start, on every instance. */
    public MessageId replyId() {
        return replyId(1);
    }

    /** The n-th id for the reply; those after the first are for a reply whose id a client has given to another message. */
    public MessageId replyId(int n) {
        return messageId(n == 1 ? "reply" : "reply-" + n);
    }

    /** The id of the message that has this name among those that the turn appends: the UUID of version 5 of the name. */
    MessageId messageId(String name) {
        return new MessageId(CanonicalUuid.named(value, name));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
