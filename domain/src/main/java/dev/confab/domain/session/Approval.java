package dev.confab.domain.session;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.WellFormed;
import java.util.Optional;

/** A person's answer; final. */
public record Approval(boolean approved, Optional<String> reason) {
    public static final int MAX_REASON_LENGTH = 500;

    public Approval {
        reason.ifPresent(text -> {
            WellFormed.text("reason", text);
            if (text.length() > MAX_REASON_LENGTH) {
                throw new InvalidValue("reason", "has more than " + MAX_REASON_LENGTH + " characters");
            }
        });
    }
}
