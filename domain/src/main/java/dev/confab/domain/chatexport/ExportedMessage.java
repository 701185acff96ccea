package dev.confab.domain.chatexport;

import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.Role;
import java.time.Instant;
import java.util.Optional;

/**
 * A message of a chat, as other applications export it.
 *
 * @param id unique in the chat, and the same in every export of it
 * @param parent the message that it follows, which is before it in the list; empty for a first message
 * @param text as it was written, well-formed
 * @param data what else the file says about the message, as the text of a JSON object
 * @param createdAt when it was written, if the file says so
 * @param place where it is in the file, as in {@link Refusal}
 */
public record ExportedMessage(String id, Optional<String> parent, Role role, Optional<Author> author, String text,
        Optional<String> data, Optional<Instant> createdAt, String place) {
}
