package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.conversation.ConversationId;

/**
 * What a {@link HistoryChecker} found wrong.
 *
 * @param clause the broken clause of the contract: S3, S5, S6, S7 or S10
 * @param what the call or the two calls that cannot be, in words
 */
public record Violation(String clause, ConversationId conversation, String what) {
    @Override
    public String toString() {
        return clause + " on " + conversation + ": " + what;
    }
}
