package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.conversation.ConversationId;

/**
 * A contradiction to the contract that a {@link HistoryChecker} found.
 *
 * @param clause the violated clause: S3, S5, S6, S7 or S10
 * @param what the operation, or the two operations, that cannot have happened, in words
 */
public record Violation(String clause, ConversationId conversation, String what) {
    @Override
    public String toString() {
        return clause + " on " + conversation + ": " + what;
    }
}
