package dev.confab.application;

import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import java.time.Instant;
import java.util.Optional;

/** A message that a client wants to append, with the limits of {@code MessageDraft}. The data are JSON text. */
public record NewMessage(RequestedId id, Role role, Optional<Author> author, String text, Optional<String> data,
        Metadata metadata, Optional<Instant> createdAt) {

    /** Without an author, and written now. */
    public NewMessage(RequestedId id, Role role, String text, Optional<String> data, Metadata metadata) {
        this(id, role, Optional.empty(), text, data, metadata, Optional.empty());
    }

    /** @param chosen the id that {@link #id} stands for */
    public MessageDraft draft(MessageId chosen) {
        return new MessageDraft(chosen, role, author, text, data, metadata, createdAt);
    }
}
