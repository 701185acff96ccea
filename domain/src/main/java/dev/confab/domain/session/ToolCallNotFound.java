package dev.confab.domain.session;

/** The turn has no such tool call that needs an answer. */
public final class ToolCallNotFound extends SessionException {
    private static final long serialVersionUID = 1L;

    private final transient TurnId turnId;
    private final transient String callId;

    public ToolCallNotFound(TurnId turnId, String callId) {
        super("turn " + turnId + " has no call " + callId + " that needs approval");
        this.turnId = turnId;
        this.callId = callId;
    }

    public TurnId turnId() {
        return turnId;
    }

    public String callId() {
        return callId;
    }
}
