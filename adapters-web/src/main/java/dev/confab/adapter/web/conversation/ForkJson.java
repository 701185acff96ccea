package dev.confab.adapter.web.conversation;

import dev.confab.adapter.web.request.IdempotencyKey;
import dev.confab.application.Conversations.Fork;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationIdReused;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Title;
import java.util.Optional;

/**
 * The body of a request for a fork.
 *
 * @param messageId the last message to copy
 * @param id of the new conversation
 */
record ForkJson(MessageId messageId, Optional<Title> title, Optional<ConversationId> id) {

    Fork fork(IdempotencyKey key) {
        return new Fork(key.unless(id.map(ConversationId::value), ConversationIdReused.class), messageId, title);
    }
}
