package dev.confab.domain.conversation;

/** The owner of a conversation: 1..200 characters, as named by the system that authenticates users. */
public record OwnerId(String value) {
    public static final int MAX_LENGTH = 200;

    public OwnerId {
        WellFormed.text("owner", value);
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new InvalidValue("owner", "must have 1 to " + MAX_LENGTH + " characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
