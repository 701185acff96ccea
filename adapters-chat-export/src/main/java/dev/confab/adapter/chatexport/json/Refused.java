package dev.confab.adapter.chatexport.json;

/** A part of a file cannot be imported; what follows it may. The message is a reason, as in a refusal. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Refused(String reason) {
        super(reason, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
