package dev.confab.domain.session;

/** The turn has no such tool call that needs an answer. */
public final class ToolCallNotFound extends SessionException {
    public ToolCallNotFound(TurnId turnId, String callId) {
        super("turn " + turnId + " has no call " + callId + " that needs approval");
    }
}
