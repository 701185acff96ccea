package dev.confab.domain.session;

import dev.confab.domain.conversation.InvalidValue;

/** How many tokens an assistant is told at most: 1..{@value #MAX}. */
public record TokenBudget(int tokens) {
    /** More than the context of any current model. */
    public static final int MAX = 2_000_000;

    public TokenBudget {
        if (tokens < 1 || tokens > MAX) {
            throw new InvalidValue("tokens", "must be from 1 to " + MAX);
        }
    }
}
