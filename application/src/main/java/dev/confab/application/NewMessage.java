package dev.confab.application;

import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import java.util.Optional;

/** A message that a client wants to append, with the limits of {@code MessageDraft}. The data are JSON text. */
public record NewMessage(RequestedId id, Role role, String text, Optional<String> data, Metadata metadata) {
}
