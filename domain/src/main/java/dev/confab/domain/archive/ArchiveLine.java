package dev.confab.domain.archive;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import java.time.Instant;
import java.util.Optional;

/**
 * A line of an archive. The first is the {@link Header}, the last the {@link Total}: without it the archive was cut. Between them are the
 * conversations in the order of their ids, each as its {@link Head}, its sessions, its turns, its messages and its {@link End}.
 */
public sealed interface ArchiveLine {

    /**
     * Says where the archive comes from.
     *
     * @param store the name of the store
     * @param owner whose conversations it holds; everyone's when empty
     * @param after the id after which it begins; the first one when empty
     */
    record Header(String store, Optional<OwnerId> owner, Optional<ConversationId> after,
            Instant at) implements ArchiveLine {
    }

    /** Begins a conversation, live or in the bin. */
    record Head(Conversation conversation) implements ArchiveLine {
    }

    /** The sessions come in the order in which they started. */
    record SessionLine(Session session) implements ArchiveLine {
    }

    /** The turns come in the order in which they started. */
    record TurnLine(Turn turn) implements ArchiveLine {
    }

    /** The messages come in the order of their positions. */
    record MessageLine(Message message) implements ArchiveLine {
    }

    /** Ends a conversation; without it the conversation is not complete. The digest is that of {@link ContentDigest}. */
    record End(ConversationId id, int sessions, int turns, int messages, Digest digest) implements ArchiveLine {
    }

    /** The lines since the last {@link Head} do not count: the conversation was changed while it was read. */
    record Discarded(ConversationId id) implements ArchiveLine {
    }

    /** The store has this conversation, and it is not in the archive. */
    record Missing(ConversationId id, String reason) implements ArchiveLine {
    }

    /**
     * Ends the archive.
     *
     * @param conversations how many are in it
     * @param missing how many the store has that are not in it
     * @param digest of the ids and digests of all conversations, in order
     */
    record Total(long conversations, long messages, long missing, Digest digest) implements ArchiveLine {
    }
}
