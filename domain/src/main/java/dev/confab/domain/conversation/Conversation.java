package dev.confab.domain.conversation;

import dev.confab.domain.conversation.ConversationEvent.ConversationDeleted;
import dev.confab.domain.conversation.ConversationEvent.ConversationForked;
import dev.confab.domain.conversation.ConversationEvent.ConversationImported;
import dev.confab.domain.conversation.ConversationEvent.ConversationMadePermanent;
import dev.confab.domain.conversation.ConversationEvent.ConversationPurged;
import dev.confab.domain.conversation.ConversationEvent.ConversationRenamed;
import dev.confab.domain.conversation.ConversationEvent.ConversationRestored;
import dev.confab.domain.conversation.ConversationEvent.ConversationStarted;
import dev.confab.domain.conversation.ConversationEvent.ConversationTruncated;
import dev.confab.domain.conversation.ConversationEvent.MessageAppended;
import dev.confab.domain.conversation.ConversationEvent.MessageEdited;
import dev.confab.domain.conversation.ConversationEvent.MetadataChanged;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The head of a conversation: everything except its messages. A conversation is the unit of consistency, and the version of its head
 * orders all its changes. The messages are not part of it, so appending costs the same however many there are.
 *
 * <p>A decision ({@link #append}, {@link #rename}, …) returns the event that would happen and changes nothing. If nothing would
 * change, it returns an empty {@link Optional}. {@link #apply} returns the head after an event.
 *
 * @param messageCount the messages have the positions 1..messageCount
 * @param updatedAt the time of the last event; never decreases, even if the clock does
 * @param deletedAt when it was moved to the bin; empty while it is live
 * @param expiresAt when its time to live ends, which it has in common with the temporary session that created it; empty if it is
 *        permanent
 * @param origin what it was forked from; empty if it is not a fork
 * @param digest of the request that created it: tells a repeated request from a different one with the same id
 */
public record Conversation(ConversationId id, OwnerId owner, Optional<Title> title, Metadata metadata, Version version,
        int messageCount, Instant createdAt, Instant updatedAt, Optional<Instant> deletedAt,
        Optional<Instant> expiresAt,
        Optional<Origin> origin, Digest digest) {
    public Conversation {
        Times.requireMillis(createdAt);
        Times.requireMillis(updatedAt);
        deletedAt.ifPresent(Times::requireMillis);
        expiresAt.ifPresent(Times::requireMillis);
        if (messageCount < 0) {
            throw new InvalidValue("messageCount", "must not be negative");
        }
        if (updatedAt.isBefore(createdAt)) {
            throw new InvalidValue("updatedAt", "is before createdAt");
        }
    }

    public static ConversationStarted start(ConversationId id, OwnerId owner, Optional<Title> title, Metadata metadata,
            Digest digest, Instant now) {
        return startUntil(Optional.empty(), id, owner, title, metadata, digest, now);
    }

    /** Starts a conversation whose time to live, if it has one, is that of the temporary session that creates it. */
    public static ConversationStarted startUntil(Optional<Instant> expiresAt, ConversationId id, OwnerId owner,
            Optional<Title> title, Metadata metadata, Digest digest, Instant now) {
        return new ConversationStarted(id, Times.requireMillis(now), owner, title, metadata, expiresAt, digest);
    }

    /**
     * Starts a conversation of the same owner with copies of the first messages of this one. A copy keeps id, position, role, text,
     * data, metadata, time and digest. It counts as unedited and has version 1.
     */
    public ConversationForked fork(ConversationId newId, Optional<Title> newTitle, List<Message> upTo, Digest digest,
            Instant now) {
        if (upTo.isEmpty()) {
            throw new InvalidValue("messages", "a fork needs at least one message");
        }
        requireDense(upTo);
        List<Message> copies = upTo.stream().map(m -> new Message(m.id(), m.position(), m.role(), m.text(), m.data(),
                m.metadata(), m.createdAt(), Optional.empty(), Version.FIRST, m.digest())).toList();
        return new ConversationForked(newId, Times.requireMillis(now), owner, newTitle, metadata,
                new Origin(id, upTo.getLast().id()), copies, digest);
    }

    /** Imports a conversation with its messages; {@link InvalidValue} if head and messages do not match. */
    public static ConversationImported importing(Conversation head, List<Message> messages, Instant now) {
        if (head.deletedAt.isPresent() || head.expiresAt.isPresent()) {
            throw new InvalidValue("conversation", "is deleted, or goes with a session");
        }
        if (head.messageCount != messages.size()) {
            throw new InvalidValue("messageCount",
                    "is " + head.messageCount + ", but there are " + messages.size() + " messages");
        }
        requireDense(messages);
        for (Message message : messages) {
            if (message.version().compareTo(head.version) > 0) {
                throw new InvalidValue("version", "message " + message.position() + " is newer than its conversation");
            }
        }
        return new ConversationImported(head, messages, Times.requireMillis(now));
    }

    public Optional<ConversationRenamed> rename(Optional<Title> newTitle, Instant now) {
        requireLive();
        return newTitle.equals(title)
                ? Optional.empty()
                : Optional.of(new ConversationRenamed(id, version.next(), at(now), newTitle));
    }

    public Optional<MetadataChanged> changeMetadata(Metadata newMetadata, Instant now) {
        requireLive();
        return newMetadata.equals(metadata)
                ? Optional.empty()
                : Optional.of(new MetadataChanged(id, version.next(), at(now), newMetadata));
    }

    /** Appends the draft. The caller must check that its id is free, see {@link MessageDraft#made}. */
    public MessageAppended append(MessageDraft draft, Instant now) {
        requireLive();
        return new MessageAppended(id,
                new Message(draft.id(), messageCount + 1, draft.role(), draft.text(), draft.data(),
                        draft.metadata(), at(now), Optional.empty(), version.next(), draft.digest()));
    }

    /** Replaces the content of the message; its id, position, role, creation time and digest stay. */
    public Optional<MessageEdited> edit(Message message, String text, Optional<String> data, Metadata newMetadata,
            Instant now) {
        requireLive();
        if (text.equals(message.text()) && data.equals(message.data()) && newMetadata.equals(message.metadata())) {
            return Optional.empty();
        }
        Instant at = at(now);
        return Optional
                .of(new MessageEdited(id, at, new Message(message.id(), message.position(), message.role(), text, data,
                        newMetadata, message.createdAt(), Optional.of(at), version.next(), message.digest())));
    }

    /** Removes all messages after {@code last}. */
    public Optional<ConversationTruncated> truncateAfter(Message last, Instant now) {
        return truncateTo(last.position(), now);
    }

    public Optional<ConversationTruncated> clear(Instant now) {
        return truncateTo(0, now);
    }

    private Optional<ConversationTruncated> truncateTo(int keep, Instant now) {
        requireLive();
        return keep >= messageCount
                ? Optional.empty()
                : Optional.of(new ConversationTruncated(id, version.next(), at(now), keep));
    }

    /** Removes the time to live; empty if there is none. */
    public Optional<ConversationMadePermanent> makePermanent(Instant now) {
        requireLive();
        return expiresAt.isEmpty()
                ? Optional.empty()
                : Optional.of(new ConversationMadePermanent(id, version.next(), at(now)));
    }

    /** Moves it to the bin; empty if it is there already. */
    public Optional<ConversationDeleted> delete(Instant now) {
        return isDeleted() ? Optional.empty() : Optional.of(new ConversationDeleted(id, version.next(), at(now)));
    }

    /** Moves it out of the bin; empty if it is live. */
    public Optional<ConversationRestored> restore(Instant now) {
        return isDeleted() ? Optional.of(new ConversationRestored(id, version.next(), at(now))) : Optional.empty();
    }

    /** Removes it from the bin for good; {@link ConversationNotDeleted} if it is not in the bin. */
    public ConversationPurged purge(Instant now) {
        if (!isDeleted()) {
            throw new ConversationNotDeleted(id);
        }
        return new ConversationPurged(id, version.next(), at(now));
    }

    /** Throws {@link VersionConflict} unless it has the expected version. */
    public void expect(Version expected) {
        if (!version.equals(expected)) {
            throw new VersionConflict(id, version);
        }
    }

    /** Throws {@link ConversationNotFound} if it belongs to another owner, as if it did not exist. */
    public Conversation ownedBy(OwnerId caller) {
        if (!owner.equals(caller)) {
            throw new ConversationNotFound(id);
        }
        return this;
    }

    /** Throws {@link ConversationNotFound} if its time to live has ended, whether it has been swept away or not. */
    public Conversation unexpired(Instant now) {
        if (isExpired(now)) {
            throw new ConversationNotFound(id);
        }
        return this;
    }

    public boolean isExpired(Instant now) {
        return expiresAt.filter(end -> !now.isBefore(end)).isPresent();
    }

    public boolean isDeleted() {
        return deletedAt.isPresent();
    }

    /** The head after the first event. */
    public static Conversation from(ConversationEvent.Creation first) {
        return switch (first) {
            case ConversationStarted e ->
                new Conversation(e.conversationId(), e.owner(), e.title(), e.metadata(), e.version(), 0,
                        e.at(), e.at(), Optional.empty(), e.expiresAt(), Optional.empty(), e.digest());
            case ConversationForked e ->
                new Conversation(e.conversationId(), e.owner(), e.title(), e.metadata(), e.version(),
                        e.messages().size(), e.at(), e.at(), Optional.empty(), Optional.empty(),
                        Optional.of(e.origin()),
                        e.digest());
            case ConversationImported e -> e.conversation();
        };
    }

    /**
     * The head after the event; empty after a purge.
     *
     * @throws IllegalArgumentException if the event is of another conversation or does not have the next version; then a store has
     *         lost or repeated an event
     */
    public Optional<Conversation> apply(ConversationEvent event) {
        if (!event.conversationId().equals(id) || !event.version().equals(version.next())) {
            throw new IllegalArgumentException(
                    "conversation " + id + " at version " + version + " cannot be followed by version "
                            + event.version() + " of conversation " + event.conversationId());
        }
        return switch (event) {
            case ConversationEvent.Creation e ->
                throw new IllegalArgumentException("conversation " + id + " has already begun");
            case ConversationRenamed e -> Optional.of(next(e, e.title(), metadata, messageCount, deletedAt));
            case MetadataChanged e -> Optional.of(next(e, title, e.metadata(), messageCount, deletedAt));
            case MessageAppended e -> Optional.of(next(e, title, metadata, messageCount + 1, deletedAt));
            case MessageEdited e -> Optional.of(next(e, title, metadata, messageCount, deletedAt));
            case ConversationTruncated e -> Optional.of(next(e, title, metadata, e.keep(), deletedAt));
            case ConversationDeleted e -> Optional.of(next(e, title, metadata, messageCount, Optional.of(e.at())));
            case ConversationRestored e -> Optional.of(next(e, title, metadata, messageCount, Optional.empty()));
            case ConversationPurged e -> Optional.empty();
            case ConversationMadePermanent e ->
                Optional.of(new Conversation(id, owner, title, metadata, e.version(), messageCount,
                        createdAt, Times.later(updatedAt, e.at()), deletedAt, Optional.empty(), origin, digest));
        };
    }

    private Conversation next(ConversationEvent event, Optional<Title> newTitle, Metadata newMetadata, int newCount,
            Optional<Instant> newDeletedAt) {
        return new Conversation(id, owner, newTitle, newMetadata, event.version(), newCount, createdAt,
                Times.later(updatedAt, event.at()), newDeletedAt, expiresAt, origin, digest);
    }

    private Instant at(Instant now) {
        return Times.later(updatedAt, Times.requireMillis(now));
    }

    private void requireLive() {
        if (isDeleted()) {
            throw new ConversationNotFound(id);
        }
    }

    private static void requireDense(List<Message> messages) {
        var ids = new java.util.HashSet<MessageId>();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            if (message.position() != i + 1) {
                throw new InvalidValue("position", "is " + message.position() + " where " + (i + 1) + " was due");
            }
            if (!ids.add(message.id())) {
                throw new InvalidValue("id", "message id " + message.id() + " stands there twice");
            }
        }
    }
}
