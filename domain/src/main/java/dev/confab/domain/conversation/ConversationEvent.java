package dev.confab.domain.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened to a conversation: the unit of storage. A new kind does not compile until every {@code switch} over the kinds handles it;
 * these are in the domain, in the quotas and in the journal's JSON.
 */
public sealed interface ConversationEvent {

    ConversationId conversationId();

    /** The conversation's version after this event. */
    Version version();

    /** When, in UTC and whole milliseconds; see {@link Times#following}. */
    Instant at();

    /** The first event of a conversation. It carries everything the conversation starts with. */
    sealed interface Creation extends ConversationEvent {
        /** Of the request that created the conversation; see {@link Conversation#digest()}. */
        Digest digest();

        /** The initial messages, at positions 1, 2, …; at most 10,000 and 32 MiB. More of them are staged: see {@link Staged}. */
        List<Message> messages();
    }

    /** Changes a conversation that no reader sees yet ({@link Conversation#isStaged}). Its version stays. */
    sealed interface Staged extends ConversationEvent {
    }

    /** An empty conversation was created, at version 1. */
    record ConversationStarted(ConversationId conversationId, Instant at, OwnerId owner, Optional<Title> title,
            Metadata metadata, Optional<Instant> expiresAt, Digest digest) implements Creation {
        @Override
        public Version version() {
            return Version.FIRST;
        }

        @Override
        public List<Message> messages() {
            return List.of();
        }
    }

    /** A conversation was created, at version 1, with copies of another conversation's messages. */
    record ConversationForked(ConversationId conversationId, Instant at, OwnerId owner, Optional<Title> title,
            Metadata metadata, Origin origin, List<Message> messages, Digest digest) implements Creation {
        public ConversationForked {
            messages = List.copyOf(messages);
        }

        @Override
        public Version version() {
            return Version.FIRST;
        }
    }

    /** A conversation was imported with its versions and times; {@code at} is the time of the import. */
    record ConversationImported(Conversation conversation, List<Message> messages, Instant at) implements Creation {
        public ConversationImported {
            messages = List.copyOf(messages);
        }

        @Override
        public ConversationId conversationId() {
            return conversation.id();
        }

        @Override
        public Version version() {
            return conversation.version();
        }

        @Override
        public Digest digest() {
            return conversation.digest();
        }
    }

    /** Adds these messages behind the others, as they are. */
    record MessagesStaged(ConversationId conversationId, Version version, Instant at,
            List<Message> messages) implements Staged {
        public MessagesStaged {
            messages = List.copyOf(messages);
        }
    }

    /** The conversation is complete and has this head; from here on readers see it. */
    record StagingCompleted(Conversation conversation, Instant at) implements Staged {
        @Override
        public ConversationId conversationId() {
            return conversation.id();
        }

        @Override
        public Version version() {
            return conversation.version();
        }
    }

    record ConversationRenamed(ConversationId conversationId, Version version, Instant at,
            Optional<Title> title) implements ConversationEvent {
    }

    /** Replaces all metadata of the conversation. */
    record MetadataChanged(ConversationId conversationId, Version version, Instant at,
            Metadata metadata) implements ConversationEvent {
    }

    /** The owner pinned or archived the conversation, or changed its labels. */
    record ConversationFiled(ConversationId conversationId, Version version, Instant at,
            Filing filing) implements ConversationEvent {
    }

    /** Appends the message at the end of the conversation. It may have been written earlier. */
    record MessageAppended(ConversationId conversationId, Instant at, Message message) implements ConversationEvent {
        @Override
        public Version version() {
            return message.version();
        }
    }

    /** Replaces the message with the same id and position. */
    record MessageEdited(ConversationId conversationId, Instant at, Message message) implements ConversationEvent {
        @Override
        public Version version() {
            return message.version();
        }
    }

    /** Removes the content of a message; this one, without content, takes its place. */
    record MessageRemoved(ConversationId conversationId, Instant at, Message message) implements ConversationEvent {
        @Override
        public Version version() {
            return message.version();
        }
    }

    /** Only the first {@code keep} messages remain; none when {@code keep} is 0. */
    record ConversationTruncated(ConversationId conversationId, Version version, Instant at,
            int keep) implements ConversationEvent {
    }

    /** The conversation no longer expires with the temporary session that created it. */
    record ConversationMadePermanent(ConversationId conversationId, Version version,
            Instant at) implements ConversationEvent {
    }

    /** The conversation was moved to the bin. */
    record ConversationDeleted(ConversationId conversationId, Version version,
            Instant at) implements ConversationEvent {
    }

    /** The conversation was taken out of the bin. */
    record ConversationRestored(ConversationId conversationId, Version version,
            Instant at) implements ConversationEvent {
    }

    /** The conversation was removed permanently; its id may be used again. */
    record ConversationPurged(ConversationId conversationId, Version version, Instant at) implements ConversationEvent {
    }
}
