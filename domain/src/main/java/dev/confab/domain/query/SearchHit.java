package dev.confab.domain.query;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Title;
import java.time.Instant;
import java.util.Optional;

/**
 * A message, or a title if {@code message} is empty, that matches the query.
 *
 * @param createdAt of the message, or of the conversation when the title is the hit
 */
public record SearchHit(ConversationId conversation, Optional<Title> title, Optional<Message> message,
        Instant createdAt, Snippet snippet) {

    /** The hit on a message of the conversation. */
    public static SearchHit on(Conversation conversation, Message message, SearchQuery query) {
        return new SearchHit(conversation.id(), conversation.title(), Optional.of(message), message.createdAt(),
                Snippet.of(message.text(), query));
    }

    /** The hit on the title of the conversation, which must have one. */
    public static SearchHit onTitle(Conversation conversation, SearchQuery query) {
        return new SearchHit(conversation.id(), conversation.title(), Optional.empty(), conversation.createdAt(),
                Snippet.of(conversation.title().orElseThrow().value(), query));
    }

    /** The position of this hit in the order of a search. */
    public SearchQuery.Key key() {
        return new SearchQuery.Key(createdAt, conversation, message.map(Message::id));
    }
}
