package dev.confab.domain.session;

import dev.confab.domain.conversation.WellFormed;

/**
 * A session's context variables.
 *
 * @param json the text of a JSON object, opaque here and at most 64 KiB of UTF-8; that it is one is for whoever brings it in to see
 */
public record ContextVariables(String json) {
    public static final int MAX_BYTES = 64 * 1024;
    public static final ContextVariables EMPTY = new ContextVariables("{}");

    public ContextVariables {
        WellFormed.text("context", json, MAX_BYTES);
    }
}
