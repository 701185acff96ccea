package dev.confab.application;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ConversationTransaction;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Exports and imports whole conversations. */
public interface Transfer {

    /**
     * Passes the head and then every message, in order and all as of one version, to the sink. Throws {@link ChangedMeanwhile} when the
     * messages of that version can no longer be read.
     */
    void export(OwnerId owner, ConversationId id, Sink sink);

    /**
     * Stores an exported conversation under its own id; if that id belongs to other content or to a conversation in the bin, as {@code
     * onConflict} says. Throws {@code InvalidValue} for what {@code Conversation.importing} rejects.
     */
    CreateResult<Conversation> importConversation(OwnerId owner, Imported imported, OnConflict onConflict);

    /** The same for a request that began when it took this token: see {@link Erasures#begin}. */
    CreateResult<Conversation> importConversation(FencingToken token, Imported imported, OnConflict onConflict);

    /**
     * How many messages are stored of a conversation that a fork or an import is creating, in several transactions; empty when none is.
     */
    OptionalInt staged(OwnerId owner, ConversationId id);

    /** The receiver of an export. */
    interface Sink {
        void conversation(Conversation head);

        void message(Message message);
    }

    enum OnConflict {
        REFUSE, NEW_ID
    }

    /** The content of an export, with the messages at positions 1, 2, … */
    record Imported(ConversationId id, Optional<Title> title, Metadata metadata, Filing filing, Version version,
            Instant createdAt, Instant updatedAt, Optional<Origin> origin, History messages) {
    }

    /** Messages that need not all be in memory. They can be iterated over again and again, and are then the same. */
    interface History extends Iterable<Message> {
        int count();

        /** The sum of their weights. */
        long weight();

        /** Whether one transaction can create a conversation with them. */
        default boolean fitsOneTransaction() {
            return count() <= ConversationTransaction.MAX_CREATION_MESSAGES
                    && weight() <= ConversationTransaction.MAX_CREATION_BYTES;
        }

        /** Messages that are in memory. */
        record InMemory(List<Message> all) implements History {
            public InMemory {
                all = List.copyOf(all);
            }

            @Override
            public int count() {
                return all.size();
            }

            @Override
            public long weight() {
                return all.stream().mapToLong(Message::weight).sum();
            }

            @Override
            public Iterator<Message> iterator() {
                return all.iterator();
            }
        }
    }

    /** The conversation changed while it was being read. */
    final class ChangedMeanwhile extends RuntimeException {
        public ChangedMeanwhile(ConversationId id) {
            super("conversation " + id + " changed while it was being read");
        }
    }
}
