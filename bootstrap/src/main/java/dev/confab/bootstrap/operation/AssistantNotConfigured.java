package dev.confab.bootstrap.operation;

/** The assistant that is to answer is not told enough, or something wrong. */
public final class AssistantNotConfigured extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong; never a secret */
    public AssistantNotConfigured(String message) {
        super(message);
    }
}
