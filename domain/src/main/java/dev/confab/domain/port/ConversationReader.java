package dev.confab.domain.port;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.MessageNotFound;
import dev.confab.domain.conversation.OwnerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The read port: committed state only, and never a wait for a writer. The contract is {@link ConversationStore}'s, clauses S5,
 * S6, S13, S14 and S16 above all. Deleted conversations are invisible, but to {@link #list} of the bin and {@link #expired}.
 *
 * <p>Every call may throw {@link StorageUnavailable}; those that name a conversation {@link ConversationDamaged}; all of them
 * {@link IllegalStateException} inside a work.
 */
public interface ConversationReader {
    /** An answer ends early past this weight ({@link Message#weight()}), but never before its first message. */
    int MAX_ANSWER_BYTES = 8 * 1024 * 1024;

    /** {@link #changesSince} gives no more messages than this; past it, it says {@code reset}. */
    int MAX_CHANGES = 1_000;

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

    /** Of all owners: at most {@code limit} conversations that went to the bin before {@code deletedBefore}. */
    List<Conversation> expired(Instant deletedBefore, int limit);

    /**
     * @param messages in the window's order
     * @param more whether the window holds further messages than these, because of its limit or of
     *        {@link #MAX_ANSWER_BYTES}; the next window starts beyond the last of these
     */
    record ConversationWindow(Conversation conversation, List<Message> messages, boolean more) {
        public ConversationWindow {
            messages = List.copyOf(messages);
        }
    }

    /**
     * Applied to a copy of the conversation as of the version asked for: drop what is past {@code messageCount}, put each message
     * at its position.
     *
     * @param messages those whose version is greater, by position; empty when {@code reset}
     * @param reset the changes are too many or too heavy, or the version asked for is ahead: read everything anew
     */
    record Changes(Conversation conversation, List<Message> messages, boolean reset) {
        public Changes {
            messages = List.copyOf(messages);
        }
    }

    /** @param next where the following page starts; empty on the last one */
    record Page<T, K>(List<T> items, Optional<K> next) {
        public Page {
            items = List.copyOf(items);
        }
    }
}
