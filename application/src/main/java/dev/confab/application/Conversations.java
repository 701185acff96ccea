package dev.confab.application;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Use cases on a conversation as a whole. Every call but {@link #list} throws {@code ConversationNotFound} for a conversation
 * that is not the owner's; those that change something throw {@code VersionConflict} when the precondition fails.
 */
public interface Conversations {

    /** Starts a conversation, with its first messages, in one commit. Repeatable when the request names an id or a key. */
    CreateResult<Conversation> create(OwnerId owner, Creation request);

    Conversation get(OwnerId owner, ConversationId id);

    Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query);

    /** Renames, changes metadata, or both in one commit; a change that changes nothing leaves the version as it was. */
    Conversation change(OwnerId owner, ConversationId id, Change change, Precondition precondition);

    /** To the bin; also when it is there already. Returns the head as it is in the bin. */
    Conversation delete(OwnerId owner, ConversationId id, Precondition precondition);

    /** Back from the bin; also when it is live. */
    Conversation restore(OwnerId owner, ConversationId id);

    /** Out of the bin, for good; {@code ConversationLive} when it is live. */
    void purge(OwnerId owner, ConversationId id);

    /** A new conversation with copies of the messages up to and including one; {@code MessageNotFound} without that one. */
    CreateResult<Conversation> fork(OwnerId owner, ConversationId id, Fork request);

    /** Purges, of all owners, what has been in the bin for longer than this; returns how many. */
    int purgeBin(Duration retention);

    /** @param messages at most 1000 */
    record Creation(RequestedId id, Optional<Title> title, Metadata metadata, List<NewMessage> messages) {
        public Creation {
            messages = List.copyOf(messages);
        }
    }

    /**
     * @param title the new title from the old one
     * @param metadata the new metadata from the old one
     */
    record Change(UnaryOperator<Optional<Title>> title, UnaryOperator<Metadata> metadata) {
    }

    /** @param messageId the last message to copy */
    record Fork(RequestedId id, MessageId messageId, Optional<Title> title) {
    }
}
