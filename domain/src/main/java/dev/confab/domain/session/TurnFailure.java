package dev.confab.domain.session;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.TextRules;

/** Why a turn failed: a code of at most 64 characters for programs, and a detail of at most 500 without secrets for the owner. */
public record TurnFailure(String code, String detail) {
    public static final int MAX_DETAIL_LENGTH = 500;

    /** The instance that ran the turn did not renew its lease. */
    public static final TurnFailure LEASE_EXPIRED = new TurnFailure("lease-expired",
            "The instance that produced the answer stopped responding.");

    public TurnFailure {
        if (!code.matches("[a-z0-9]+(-[a-z0-9]+)*") || code.length() > 64) {
            throw new InvalidValue("code", "must be words of a-z and 0-9 joined by hyphens");
        }
        TextRules.characters("detail", detail, 0, MAX_DETAIL_LENGTH);
    }
}
