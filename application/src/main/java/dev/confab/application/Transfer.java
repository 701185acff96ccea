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
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
            Instant createdAt, Instant updatedAt, Optional<Origin> origin, List<Message> messages) {
        public Imported {
            messages = List.copyOf(messages);
        }
    }

    /** The conversation changed while it was being read. */
    final class ChangedMeanwhile extends RuntimeException {
        public ChangedMeanwhile(ConversationId id) {
            super("conversation " + id + " changed while it was being read");
        }
    }
}
