package dev.confab.application.turn.answer;

import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;

/** The reasons for which the runtime fails a turn; an assistant may name others. None reveals internal details. */
public final class TurnFailures {
    public static final TurnFailure ASSISTANT_FAILED = new TurnFailure("assistant-failed", "The assistant failed.");
    public static final TurnFailure IMPOSSIBLE_CALL = new TurnFailure("assistant-failed",
            "The assistant asked for tools in an invalid way.");
    public static final TurnFailure TIMEOUT = new TurnFailure("timeout", "The answer took too long.");
    public static final TurnFailure TOO_MANY_ROUNDS = new TurnFailure("too-many-rounds",
            "The assistant asked for tools more than " + Turn.MAX_ROUNDS + " times.");
    public static final TurnFailure REPLY_TOO_LONG = new TurnFailure("reply-too-long",
            "The answer is longer than 1 MiB.");
    public static final TurnFailure STOPPED = new TurnFailure("instance-stopped",
            "The instance that produced the answer was stopped.");

    /** What the assistant must be told does not fit; nothing of it is cut, and no tokens are spent beyond what the owner allows. */
    public static TurnFailure contextTooLarge(int budget) {
        return new TurnFailure("context-too-large", "The instructions, the system messages, the prompt, the tools and "
                + "their results have more than " + budget
                + " tokens together. Shorten them, or raise contextTokens of "
                + "the session or the setting confab.turn.context-tokens.");
    }

    private TurnFailures() {
    }
}
