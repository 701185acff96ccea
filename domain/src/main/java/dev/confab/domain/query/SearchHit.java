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
 * @param conversation the oldest one that holds the message, of those that the search looks into
 * @param createdAt of the message, or of the conversation when the title is the hit
 * @param otherConversations how many other conversations that the search looks into hold the {@link SameMessage same message}; 0 for a
 *     title
 */
public record SearchHit(ConversationId conversation, Optional<Title> title, Optional<Message> message,
        Instant createdAt, Snippet snippet, int otherConversations) {

    /** The hit on a message that no other conversation holds. */
    public static SearchHit on(Conversation conversation, Message message, SearchQuery query) {
        return on(conversation, message, 0, query);
    }

    /** The hit on a message that so many other conversations hold, all younger than this one. */
    public static SearchHit on(Conversation conversation, Message message, int otherConversations, SearchQuery query) {
        return new SearchHit(conversation.id(), conversation.title(), Optional.of(message), message.createdAt(),
                Snippet.of(message.text(), query), otherConversations);
    }

    /** The hit on the title of the conversation, which must have one. */
    public static SearchHit onTitle(Conversation conversation, SearchQuery query) {
        return new SearchHit(conversation.id(), conversation.title(), Optional.empty(), conversation.createdAt(),
                Snippet.of(conversation.title().orElseThrow().value(), query), 0);
    }

    /** The position of this hit in the order of a search. */
    public SearchQuery.Key key() {
        return new SearchQuery.Key(createdAt, conversation, message.map(Message::id));
    }
}
