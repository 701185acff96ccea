package dev.confab.domain.conversation;

/** The title of a conversation: 1..200 code points. */
public record Title(String value) {
    public static final int MAX_CODE_POINTS = 200;

    public Title {
        TextRules.text("title", value);
        if (value.isEmpty() || value.codePointCount(0, value.length()) > MAX_CODE_POINTS) {
            throw new InvalidValue("title", "must have 1 to " + MAX_CODE_POINTS + " characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
