package dev.confab.adapter.web.transfer;

import dev.confab.adapter.web.json.InvalidMember;
import dev.confab.adapter.web.json.JsonObjectText;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.util.StdConverter;

/** A message as an export holds it. */
record ImportedMessageJson(MessageId id, Integer position, Role role, Optional<Author> author, String text,
        Optional<JsonObjectText> data, Optional<Metadata> metadata, Instant createdAt, Optional<Instant> editedAt,
        Optional<Instant> removedAt, Optional<String> incomplete, Version version) {

    /** Converts each message as soon as it is read. */
    static final class ToMessage extends StdConverter<ImportedMessageJson, Message> {
        @Override
        public Message convert(ImportedMessageJson json) {
            return json.message();
        }
    }

    private Message message() {
        Optional<String> dataText = data.map(JsonObjectText::text);
        Metadata pairs = metadata.orElse(Metadata.EMPTY);
        try {
            var draft = new MessageDraft(id, role, author, text, dataText, pairs, Optional.empty());
            return new Message(id, position, role, author, text, dataText, pairs, createdAt, editedAt, removedAt,
                    version, removedAt.isPresent() ? Message.REMOVED : draft.digest(),
                    incomplete.map(IncompleteReason::new));
        } catch (InvalidValue refused) {
            throw new InvalidMember(JsonPointer.empty().appendProperty(refused.field()), refused.reason());
        }
    }
}
