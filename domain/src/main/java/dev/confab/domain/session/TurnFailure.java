package dev.confab.domain.session;

import dev.confab.domain.conversation.TextRules;

/** Why a turn failed: a code of at most 64 characters for programs, and a detail of at most 500 without secrets for the owner. */
public record TurnFailure(String code, String detail) {
    public static final int MAX_DETAIL_LENGTH = 500;

    /** The instance that ran the turn did not renew its lease. */
    public static final TurnFailure LEASE_EXPIRED = new TurnFailure("lease-expired",
            "The instance that produced the answer stopped responding.");

    /** The server that ran the turn was killed, which the next server on the same files knows. */
    public static final TurnFailure INSTANCE_CRASHED = new TurnFailure("instance-crashed",
            "The server that produced the answer was killed.");

    /** A turn waited, and when it was to begin, the conversation had a message with the id of one of its messages. */
    public static final TurnFailure MESSAGE_ID_REUSED = new TurnFailure("message-id-reused",
            "While the turn waited, another message was stored with the id of one of its messages.");

    public TurnFailure {
        TextRules.code("code", code);
        TextRules.characters("detail", detail, 0, MAX_DETAIL_LENGTH);
    }
}
