package dev.confab.domain.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A change of a conversation, and the unit of storage. Stores handle the kinds in exhaustive {@code switch} statements, so a new kind
 * does not compile until every store handles it.
 */
public sealed interface ConversationEvent {

    ConversationId conversationId();

    /** The conversation's version after this event. */
    Version version();

    /** The time in UTC and whole milliseconds; never earlier than that of the preceding event. */
    Instant at();

    /** The first event of a conversation. It contains everything that the conversation starts with. */
    sealed interface Creation extends ConversationEvent {
        /** The digest of the request; see {@link Conversation#digest()}. */
        Digest digest();

        /** The first messages, at positions 1, 2, …; at most 10,000 and 32 MiB. */
        List<Message> messages();
    }

    /** An empty conversation was started, at version 1. */
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

    /** A conversation was started at version 1 with copies of the messages of another. */
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

    /** The title was changed or removed. */
    record ConversationRenamed(ConversationId conversationId, Version version, Instant at,
            Optional<Title> title) implements ConversationEvent {
    }

    /** All metadata was replaced. */
    record MetadataChanged(ConversationId conversationId, Version version, Instant at,
            Metadata metadata) implements ConversationEvent {
    }

    /** A message was appended. */
    record MessageAppended(ConversationId conversationId, Message message) implements ConversationEvent {
        @Override
        public Version version() {
            return message.version();
        }

        @Override
        public Instant at() {
            return message.createdAt();
        }
    }

    /** The message with this id and position was replaced by this one. */
    record MessageEdited(ConversationId conversationId, Instant at, Message message) implements ConversationEvent {
        @Override
        public Version version() {
            return message.version();
        }
    }

    /** All messages after the first {@code keep} were removed. */
    record ConversationTruncated(ConversationId conversationId, Version version, Instant at,
            int keep) implements ConversationEvent {
    }

    /** The time to live of the conversation was removed. */
    record ConversationMadePermanent(ConversationId conversationId, Version version,
            Instant at) implements ConversationEvent {
    }

    /** The conversation was moved to the bin. */
    record ConversationDeleted(ConversationId conversationId, Version version,
            Instant at) implements ConversationEvent {
    }

    /** The conversation was restored from the bin. */
    record ConversationRestored(ConversationId conversationId, Version version,
            Instant at) implements ConversationEvent {
    }

    /** The conversation was removed for good; its id may be used again. */
    record ConversationPurged(ConversationId conversationId, Version version,
            Instant at) implements ConversationEvent {
    }
}
