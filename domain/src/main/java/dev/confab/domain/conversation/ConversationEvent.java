package dev.confab.domain.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened to a conversation: the unit of storage. A store keeps each kind in an exhaustive {@code switch}, so a new kind
 * does not compile until every store handles it.
 */
public sealed interface ConversationEvent {

    ConversationId conversationId();

    /** The conversation's version after this event. */
    Version version();

    /** When, in UTC and whole milliseconds; never before the event that precedes it. */
    Instant at();

    /** The first event of a conversation. It carries everything the conversation starts with. */
    sealed interface Creation extends ConversationEvent {
        /** Of the request that made it; see {@link Conversation#digest()}. */
        Digest digest();

        /** The messages it starts with, at positions 1, 2, …; at most 10,000 and 32 MiB. */
        List<Message> messages();
    }

    /** An empty conversation began, at version 1. */
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

    /** A conversation began, at version 1, with copies of another's messages. */
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

    /** A conversation came from an export, with its versions and times; {@code at} is when it was imported. */
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

    record ConversationRenamed(ConversationId conversationId, Version version, Instant at,
            Optional<Title> title) implements ConversationEvent {
    }

    /** The conversation's metadata is now this, all of it. */
    record MetadataChanged(ConversationId conversationId, Version version, Instant at,
            Metadata metadata) implements ConversationEvent {
    }

    /** The message is the conversation's last. */
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

    /** The message with this id, at this position, is now this one. */
    record MessageEdited(ConversationId conversationId, Instant at, Message message) implements ConversationEvent {
        @Override
        public Version version() {
            return message.version();
        }
    }

    /** Only the first {@code keep} messages remain; none when {@code keep} is 0. */
    record ConversationTruncated(ConversationId conversationId, Version version, Instant at,
            int keep) implements ConversationEvent {
    }

    /** The conversation no longer goes with the temporary session that it began with. */
    record ConversationMadePermanent(ConversationId conversationId, Version version,
            Instant at) implements ConversationEvent {
    }

    /** The conversation went to the bin. */
    record ConversationDeleted(ConversationId conversationId, Version version,
            Instant at) implements ConversationEvent {
    }

    /** The conversation came back from the bin. */
    record ConversationRestored(ConversationId conversationId, Version version,
            Instant at) implements ConversationEvent {
    }

    /** The conversation is gone for good; its id may be used again. */
    record ConversationPurged(ConversationId conversationId, Version version,
            Instant at) implements ConversationEvent {
    }
}
