package dev.confab.domain.session;

import dev.confab.domain.conversation.InvalidValue;

/** What an answer cost, in tokens, as the assistant counts them; over all rounds of a turn. */
public record Usage(long promptTokens, long completionTokens) {
    public Usage {
        if (promptTokens < 0 || completionTokens < 0) {
            throw new InvalidValue("usage", "must not be negative");
        }
    }

    public Usage plus(Usage other) {
        return new Usage(promptTokens + other.promptTokens, completionTokens + other.completionTokens);
    }
}
