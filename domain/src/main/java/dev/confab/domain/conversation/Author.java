package dev.confab.domain.conversation;

/** Who wrote a message, where the role is not enough: a person in a group, one of several models. 1..100 code points. */
public record Author(String name) {
    public static final int MAX_CODE_POINTS = 100;

    public Author {
        TextRules.text("author", name);
        if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_CODE_POINTS) {
            throw new InvalidValue("author", "must have 1 to " + MAX_CODE_POINTS + " characters");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
