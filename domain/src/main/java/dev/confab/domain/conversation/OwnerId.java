package dev.confab.domain.conversation;

/** The owner of a conversation: 1..200 characters, as named by the system that authenticates users. */
public record OwnerId(String value) {
    public static final int MAX_LENGTH = 200;

    public OwnerId {
        TextRules.characters("owner", value, 1, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
