package dev.confab.application;

import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import java.util.Optional;

/**
 * A message a client wants appended; its limits are {@code Draft}'s.
 *
 * @param data JSON text
 */
public record NewMessage(RequestedId id, Role role, String text, Optional<String> data, Metadata metadata) {
}
