package dev.confab.domain.session;

import dev.confab.domain.conversation.MessageId;

/** Another request has already started a turn with this id, or used the id of its reply for another message. */
public final class TurnIdReused extends SessionException {
    public TurnIdReused(TurnId turnId) {
        super("turn id " + turnId + " is taken by another request");
    }

    public TurnIdReused(TurnId turnId, MessageId reply) {
        super("turn id " + turnId + " cannot be used, because its reply would have the id of another message: "
                + reply);
    }
}
