package dev.confab.application.turn;

import dev.confab.domain.session.Failure;
import dev.confab.domain.session.Turn;

/** Why a runner gives up, besides what an assistant names itself. No detail tells of the inside. */
final class Failures {
    static final Failure ASSISTANT_FAILED = new Failure("assistant-failed", "The assistant failed.");
    static final Failure IMPOSSIBLE_CALL = new Failure("assistant-failed",
            "The assistant asked for tools in a way that cannot be.");
    static final Failure TIMEOUT = new Failure("timeout", "The answer took too long.");
    static final Failure TOO_MANY_ROUNDS = new Failure("too-many-rounds",
            "The assistant asked for tools more than " + Turn.MAX_ROUNDS + " times.");
    static final Failure REPLY_TOO_LONG = new Failure("reply-too-long", "The answer is longer than 1 MiB.");
    static final Failure STOPPED = new Failure("instance-stopped",
            "The instance that produced the answer was stopped.");

    private Failures() {
    }
}
