package dev.confab.adapter.web.transfer;

import dev.confab.application.Transfer.History;
import dev.confab.application.Transfer.Imported;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A conversation's head as an export holds it. */
record ImportedConversationJson(ConversationId id, Optional<Title> title, Version version, Integer messageCount,
        Optional<Metadata> metadata, Optional<Boolean> pinned, Optional<Boolean> archived,
        Optional<List<String>> labels, Instant createdAt, Instant updatedAt, Optional<Instant> deletedAt,
        Optional<Origin> forkedFrom) {

    ImportedConversationJson {
        if (deletedAt.isPresent()) {
            throw new InvalidValue("deletedAt", "must be null: a deleted conversation cannot be imported");
        }
    }

    private Filing filing() {
        return new Filing(pinned.orElse(false), archived.orElse(false), Filing.labels(labels.orElse(List.of())));
    }

    Imported with(History messages) {
        return new Imported(id, title, metadata.orElse(Metadata.EMPTY), filing(), version, createdAt, updatedAt,
                forkedFrom, messages);
    }
}
