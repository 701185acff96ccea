package dev.confab.domain.session;

import dev.confab.domain.conversation.TextRules;

/** A session's context variables: the text of a JSON object, at most 64 KiB of UTF-8. The adapter that reads it checks that it is one. */
public record ContextVariables(String json) {
    public static final int MAX_BYTES = 64 * 1024;
    public static final ContextVariables EMPTY = new ContextVariables("{}");

    public ContextVariables {
        TextRules.text("context", json, MAX_BYTES);
    }
}
