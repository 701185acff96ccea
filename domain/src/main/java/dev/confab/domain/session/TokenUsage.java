package dev.confab.domain.session;

import dev.confab.domain.conversation.InvalidValue;

/** What an answer cost, in tokens, as the assistant counts them; over all rounds of a turn. */
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
