package dev.confab.domain.conversation;

/** A value that breaks a rule of the domain. {@link #field()} names the value: {@code text}, {@code title}, {@code metadata}, … */
public final class InvalidValue extends ConversationException {
    private final String field;
    private final String reason;

    public InvalidValue(String field, String reason) {
        super(field + ": " + reason);
        this.field = field;
        this.reason = reason;
    }

    public String field() {
        return field;
    }

    public String reason() {
        return reason;
    }
}
