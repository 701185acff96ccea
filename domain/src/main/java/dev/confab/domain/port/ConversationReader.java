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
 * Reads conversations: committed state only, without waiting for any writer. The contract is {@link ConversationStore}'s. Deleted
 * conversations are invisible to all calls except {@link #list} of the bin, {@link #deletedBefore} and {@link #deletedAfter}, and expired
 * ones to all calls that take {@code now}.
 *
 * <p>Every call may throw {@link StorageUnavailable}, those that name a conversation also {@link ConversationDamaged}. Inside a
 * transaction function every call throws {@link IllegalStateException}. Those with {@link ConversationNotFound} throw it when there is
 * no live conversation with this id.
 */
public interface ConversationReader {
    /** The head; empty when there is no live conversation with this id. */
    Optional<Conversation> find(ConversationId id, Instant now);

    /** One page of the owner's conversations, live or in the bin, latest first. */
    Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query, Instant now);

    /** The head and the messages in the window, as of one moment. Throws {@link ConversationNotFound}. */
    ConversationWindow read(ConversationId id, Window window, Instant now);

    /** The head and one message, as of one moment. Throws {@link ConversationNotFound} or {@link MessageNotFound}. */
    ConversationWindow read(ConversationId id, MessageId message, Instant now);

    /** What has changed after a version, or from the start with version 0, as of one moment. Throws {@link ConversationNotFound}. */
    Changes changesSince(ConversationId id, long version, Instant now);

    /** One page of the owner's messages and titles that match the query, newest first. */
    Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now);

    /** At most {@code limit} conversations, of all owners, that were moved to the bin before {@code time}. */
    List<Conversation> deletedBefore(Instant time, int limit);

    /** At most {@code limit} conversations, of all owners, that were moved to the bin after {@code time}. */
    List<Conversation> deletedAfter(Instant time, int limit);
}
