package dev.confab.domain.conversation;

/** The owner of conversations: 1..200 characters, as the login system names people. */
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
