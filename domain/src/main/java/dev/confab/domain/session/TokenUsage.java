package dev.confab.domain.session;

import dev.confab.domain.conversation.InvalidValue;

/** The tokens that an answer took in all rounds of its turn, as counted by the assistant. */
public record TokenUsage(long promptTokens, long completionTokens) {
    public TokenUsage {
        if (promptTokens < 0 || completionTokens < 0) {
            throw new InvalidValue("usage", "must not be negative");
        }
    }

    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(promptTokens + other.promptTokens, completionTokens + other.completionTokens);
    }
}
