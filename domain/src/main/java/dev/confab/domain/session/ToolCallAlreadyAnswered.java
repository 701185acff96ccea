package dev.confab.domain.session;

/** The tool call was answered before, in another way: the first answer counts. */
public final class ToolCallAlreadyAnswered extends SessionException {
    private static final long serialVersionUID = 1L;

    private final transient TurnId turnId;
    private final transient String callId;

    public ToolCallAlreadyAnswered(TurnId turnId, String callId) {
        super("call " + callId + " of turn " + turnId + " is answered already");
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
