package dev.confab.domain.session;

/** The tool call was answered before, in another way: the first answer counts. */
public final class ToolCallAlreadyAnswered extends SessionException {
    public ToolCallAlreadyAnswered(TurnId turnId, String callId) {
        super("call " + callId + " of turn " + turnId + " is answered already");
    }
}
