package dev.confab.domain.conversation;

/**
 * Why an assistant's message is not its whole answer: {@code cancelled}, {@code length} (the model's limit), or the code of the turn's
 * failure.
 *
 * @param code words of a-z and 0-9 joined by hyphens; at most 64 characters
 */
public record IncompleteReason(String code) {
    public static final IncompleteReason CANCELLED = new IncompleteReason("cancelled");
    public static final IncompleteReason LENGTH = new IncompleteReason("length");

    public IncompleteReason {
        TextRules.code("incomplete", code);
    }

    @Override
    public String toString() {
        return code;
    }
}
