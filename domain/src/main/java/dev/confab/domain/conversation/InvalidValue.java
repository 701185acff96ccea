package dev.confab.domain.conversation;

/** A value is not allowed. {@link #field()} is its name ({@code text}, {@code title}, {@code metadata}, …). */
public final class InvalidValue extends ConversationException {
    private static final long serialVersionUID = 1L;
    private final transient String field;
    private final transient String reason;

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
