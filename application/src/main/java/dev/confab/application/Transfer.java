package dev.confab.application;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes conversations out and in, whole. */
public interface Transfer {

    /**
     * Gives the head and then every message, in order and all of one version, to the sink: a conversation changed meanwhile is
     * started anew when nothing was given yet, else it ends in {@link ChangedMeanwhile}.
     */
    void export(OwnerId owner, ConversationId id, Sink sink);

    /** Stores an exported conversation as it was, under its own id or, if asked, under a new one when that id is taken by other content. */
    CreateResult<Conversation> importConversation(OwnerId owner, Imported imported, OnConflict onConflict);

    /** Where an export goes. */
    interface Sink {
        void conversation(Conversation head);

        void message(Message message);
    }

    enum OnConflict {
        REFUSE, NEW_ID
    }

    /** What an export holds; the messages at positions 1, 2, … */
    record Imported(ConversationId id, Optional<Title> title, Metadata metadata, Version version, Instant createdAt,
            Instant updatedAt, Optional<Origin> origin, List<Message> messages) {
        public Imported {
            messages = List.copyOf(messages);
        }
    }

    /** The conversation changed while it was being exported, after something was given. */
    final class ChangedMeanwhile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public ChangedMeanwhile(ConversationId id) {
            super("conversation " + id + " changed while it was exported");
        }
    }
}
