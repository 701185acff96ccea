package dev.confab.application;

import dev.confab.application.Messages.NewMessage;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Use cases on a conversation as a whole. Every call with an id throws {@code ConversationNotFound} when the owner has no such
 * conversation. Calls with a precondition throw {@code VersionConflict} when it does not admit the current version.
 */
public interface Conversations {

    /** Creates a conversation with its first messages in one commit. May be repeated when the request contains an id or a key. */
    CreateResult<Conversation> create(OwnerId owner, Creation request);

    /** The same for a request that began when it took this token: see {@link Erasures#begin}. */
    CreateResult<Conversation> create(FencingToken token, Creation request);

    Conversation get(OwnerId owner, ConversationId id);

    Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query);

    /** Finds messages and titles in the owner's conversations. */
    Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query);

    /** Changes title, metadata, and how the conversation is filed, in one commit. When nothing changes, the version stays. */
    Conversation change(OwnerId owner, ConversationId id, Change change, Precondition precondition);

    /**
     * Moves the conversation to the bin and returns it; does nothing when it is there already. A damaged conversation is hidden from
     * readers instead, but only without a precondition, and the result is empty.
     */
    Optional<Conversation> delete(OwnerId owner, ConversationId id, Precondition precondition);

    /** Takes the conversation out of the bin; does nothing when it is live. */
    Conversation restore(OwnerId owner, ConversationId id);

    /**
     * Removes the conversation permanently from the bin; throws {@code ConversationNotDeleted} when it is live. A damaged
     * conversation is removed whether it is live or in the bin.
     */
    void purge(OwnerId owner, ConversationId id);

    /** Creates a conversation with copies of the messages up to and including one; throws {@code MessageNotFound} if it does not exist. */
    CreateResult<Conversation> fork(OwnerId owner, ConversationId id, Fork request);

    /** The same for a request that began when it took this token: see {@link Erasures#begin}. */
    CreateResult<Conversation> fork(FencingToken token, ConversationId id, Fork request);

    /** Purges the conversations of all owners that have been in the bin for longer than this; returns how many. */
    int purgeBin(Duration retention);

    /** @param messages at most 1000 */
    record Creation(RequestedId id, Optional<Title> title, Metadata metadata, List<NewMessage> messages) {
        public Creation {
            messages = List.copyOf(messages);
        }
    }

    /** Computes the new title, metadata and filing from the old ones. */
    record Change(UnaryOperator<Optional<Title>> title, UnaryOperator<Metadata> metadata,
            UnaryOperator<Filing> filing) {
        /** Leaves the filing as it is. */
        public Change(UnaryOperator<Optional<Title>> title, UnaryOperator<Metadata> metadata) {
            this(title, metadata, UnaryOperator.identity());
        }
    }

    /** @param messageId the last message to copy */
    record Fork(RequestedId id, MessageId messageId, Optional<Title> title) {
    }
}
