package dev.confab.domain.session;

import dev.confab.domain.conversation.TextRules;
import java.util.Optional;

/** The user's final answer to a tool call that needs approval. */
public record Approval(boolean approved, Optional<String> reason) {
    public static final int MAX_REASON_LENGTH = 500;

    public Approval {
        reason.ifPresent(text -> TextRules.characters("reason", text, 0, MAX_REASON_LENGTH));
    }
}
