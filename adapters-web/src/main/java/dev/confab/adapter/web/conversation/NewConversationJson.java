package dev.confab.adapter.web.conversation;

import dev.confab.adapter.web.request.IdempotencyKey;
import dev.confab.application.Conversations.Creation;
import dev.confab.application.Messages;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationIdReused;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Title;
import java.util.List;
import java.util.Optional;

/** The body of a request for a new conversation. */
record NewConversationJson(Optional<ConversationId> id, Optional<Title> title, Optional<Metadata> metadata,
        Optional<List<NewMessageJson>> messages) {

    NewConversationJson {
        messages.ifPresent(batch -> NewMessageJson.requireBatch(0, Messages.MAX_BATCH, batch));
    }

    Creation creation(IdempotencyKey key) {
        return new Creation(key.unless(id.map(ConversationId::value), ConversationIdReused.class), title,
                metadata.orElse(Metadata.EMPTY), NewMessageJson.messages(messages.orElse(List.of())));
    }
}
