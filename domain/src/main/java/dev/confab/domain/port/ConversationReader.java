package dev.confab.domain.port;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.MessageNotFound;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.Changes;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The read port: committed state only, and never a wait for a writer. The contract is {@link ConversationStore}'s, clauses S5,
 * S6, S13, S14 and S16 above all. Deleted conversations are invisible, but to {@link #list} of the bin and {@link #deletedBefore}.
 *
 * <p>Every call may throw {@link StorageUnavailable}; those that name a conversation {@link ConversationDamaged}; all of them
 * {@link IllegalStateException} inside a work.
 */
public interface ConversationReader {
    /** The live head. */
    Optional<Conversation> find(ConversationId id);

    /** The owner's conversations, live or in the bin, latest first. */
    Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query);

    /** Head and messages of one moment; {@link ConversationNotFound} when there is no live one. */
    ConversationWindow read(ConversationId id, Window window);

    /**
     * The head and one message of one moment.
     *
     * @throws ConversationNotFound when there is no live one
     * @throws MessageNotFound when it has no such message
     */
    ConversationWindow read(ConversationId id, MessageId message);

    /**
     * What changed after a version, as of one moment; 0 asks for everything.
     *
     * @throws ConversationNotFound when there is no live one
     */
    Changes changesSince(ConversationId id, long version);

    /** The owner's messages and titles that contain all the query's terms, newest first. */
    Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query);

    /** Of all owners: at most {@code limit} conversations that went to the bin before {@code time}. */
    List<Conversation> deletedBefore(Instant time, int limit);
}
