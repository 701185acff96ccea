package dev.confab.adapter.web.json;

import tools.jackson.core.JsonPointer;

/** A request's value is invalid at a place below it. */
public final class InvalidMember extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient JsonPointer at;
    private final transient String reason;

    /** @param at relative to the value that is being read */
    public InvalidMember(JsonPointer at, String reason) {
        super(at + " " + reason);
        this.at = at;
        this.reason = reason;
    }

    JsonPointer at() {
        return at;
    }

    String reason() {
        return reason;
    }
}
