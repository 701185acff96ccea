package dev.confab.domain.conversation;

import dev.confab.domain.conversation.ConversationEvent.ConversationDeleted;
import dev.confab.domain.conversation.ConversationEvent.ConversationFiled;
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
import dev.confab.domain.conversation.ConversationEvent.MessageRemoved;
import dev.confab.domain.conversation.ConversationEvent.MessagesStaged;
import dev.confab.domain.conversation.ConversationEvent.MetadataChanged;
import dev.confab.domain.conversation.ConversationEvent.Staged;
import dev.confab.domain.conversation.ConversationEvent.StagingCompleted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The head of a conversation. A conversation is the unit of consistency, and the head's version orders its changes. The head does not
 * contain the messages, so appending to a long conversation costs no more than to a short one.
 *
 * <p>A decision ({@link #append}, {@link #rename}, …) takes values and returns the event that would happen; it changes nothing.
 * {@link #apply} returns the head after an event. A decision that would change nothing returns an empty {@link Optional}.
 *
 * @param filing how the owner keeps it among the others
 * @param messageCount the messages have the positions 1..messageCount
 * @param createdAt at most {@code updatedAt}
 * @param updatedAt when the last event happened; decreases only if it was far ahead of the clock ({@link Times#following})
 * @param deletedAt when it was moved to the bin, by the clock alone; empty while it is live
 * @param expiresAt when it expires together with the temporary session that created it, as long as no other session uses it; empty when it
 *        is permanent
 * @param origin the conversation and message that it was forked from
 * @param digest of the request that created it; it distinguishes a repeated request from another one with the same id
 */
public record Conversation(ConversationId id, OwnerId owner, Optional<Title> title, Metadata metadata, Filing filing,
        Version version, int messageCount, Instant createdAt, Instant updatedAt, Optional<Instant> deletedAt,
        Optional<Instant> expiresAt, Optional<Origin> origin, Digest digest) {

    /** {@link #expiresAt} of a staged conversation. It has expired at every time, so no reader sees it (S20); no session ends so early. */
    public static final Instant STAGED = Times.EARLIEST;

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

    /** A conversation without pin, archive and labels. */
    public Conversation(ConversationId id, OwnerId owner, Optional<Title> title, Metadata metadata, Version version,
            int messageCount, Instant createdAt, Instant updatedAt, Optional<Instant> deletedAt,
            Optional<Instant> expiresAt, Optional<Origin> origin, Digest digest) {
        this(id, owner, title, metadata, Filing.NONE, version, messageCount, createdAt, updatedAt, deletedAt, expiresAt,
                origin, digest);
    }

    public static ConversationStarted start(ConversationId id, OwnerId owner, Optional<Title> title, Metadata metadata,
            Digest digest, Instant now) {
        return startUntil(Optional.empty(), id, owner, title, metadata, digest, now);
    }

    /** A conversation that is created with a temporary session and expires with it. */
    public static ConversationStarted startUntil(Optional<Instant> expiresAt, ConversationId id, OwnerId owner,
            Optional<Title> title, Metadata metadata, Digest digest, Instant now) {
        return new ConversationStarted(id, Times.requireMillis(now), owner, title, metadata, expiresAt, digest);
    }

    /** A new conversation, of the same owner, with copies of all messages up to one. A copy has the version 1 and counts as unedited. */
    public ConversationForked fork(ConversationId newId, Optional<Title> newTitle, List<Message> upTo, Digest digest,
            Instant now) {
        if (upTo.isEmpty()) {
            throw new InvalidValue("messages", "a fork needs at least one message");
        }
        ImportRules.requireDense(upTo);
        List<Message> copies = upTo.stream().map(Message::copied).toList();
        return new ConversationForked(newId, Times.requireMillis(now), owner, newTitle, metadata,
                new Origin(id, upTo.getLast().id()), copies, digest);
    }

    /**
     * Imports a whole conversation as it was exported. Throws {@link InvalidValue} when head and messages do not match, or for a value
     * that no conversation can have; its field is that of the head, or {@code messages/<index>/<field>}.
     */
    public static ConversationImported importing(Conversation head, List<Message> messages, Instant now) {
        checkImport(head, messages, now);
        return new ConversationImported(head, messages, Times.requireMillis(now));
    }

    /** Throws as {@link #importing}, for messages that need not all be in memory. */
    public static void checkImport(Conversation head, Iterable<Message> messages, Instant now) {
        ImportRules.check(head, messages, now);
    }

    /**
     * Records a conversation as another store had it, in the bin or with a time to live too. Throws {@link InvalidValue} as {@link
     * #importing} when head and messages do not match; any version and time that a store has is right.
     */
    public static ConversationImported restoring(Conversation head, List<Message> messages, Instant now) {
        ImportRules.checkMatch(head, messages);
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

    public Optional<ConversationFiled> file(Filing newFiling, Instant now) {
        requireLive();
        return newFiling.equals(filing)
                ? Optional.empty()
                : Optional.of(new ConversationFiled(id, version.next(), at(now), newFiling));
    }

    /**
     * Appends the draft. The caller must check that its id is not in use, with {@link MessageDraft#made}. Throws {@link InvalidValue} if
     * it says that it was written after {@code now}.
     */
    public MessageAppended append(MessageDraft draft, Instant now) {
        return append(draft, Optional.empty(), now);
    }

    /** The same for an answer that may be incomplete. */
    public MessageAppended append(MessageDraft draft, Optional<IncompleteReason> incomplete, Instant now) {
        requireLive();
        Instant at = at(now);
        draft.requireNotAfter(now, "createdAt");
        return new MessageAppended(id, at,
                new Message(draft.id(), messageCount + 1, draft.role(), draft.author(), draft.text(), draft.data(),
                        draft.metadata(), draft.createdAt().orElse(at), Optional.empty(), Optional.empty(),
                        version.next(), draft.digest(), incomplete));
    }

    /**
     * Replaces the content of the message; its id, position, role, author, time and digest stay. With a new text it is no longer
     * incomplete: the text is then the editor's, not the assistant's. Throws {@link MessageIsRemoved} if it has no content any more.
     */
    public Optional<MessageEdited> edit(Message message, String text, Optional<String> data, Metadata newMetadata,
            Instant now) {
        requireLive();
        if (message.isRemoved()) {
            throw new MessageIsRemoved(id, message.id());
        }
        if (text.equals(message.text()) && data.equals(message.data()) && newMetadata.equals(message.metadata())) {
            return Optional.empty();
        }
        Instant at = at(now);
        Optional<IncompleteReason> incomplete = message.incomplete().filter(_ -> text.equals(message.text()));
        return Optional.of(new MessageEdited(id, at,
                new Message(message.id(), message.position(), message.role(), message.author(), text, data,
                        newMetadata, message.createdAt(), Optional.of(at), Optional.empty(), version.next(),
                        message.digest(), incomplete)));
    }

    /** Removes the content of the message for good; its position stays. Empty when it is removed already. */
    public Optional<MessageRemoved> remove(Message message, Instant now) {
        requireLive();
        Instant at = at(now);
        return message.isRemoved()
                ? Optional.empty()
                : Optional.of(new MessageRemoved(id, at, message.removed(at, version.next())));
    }

    /** Removes the messages after {@code last}. */
    public Optional<ConversationTruncated> truncateAfter(Message last, Instant now) {
        return truncateTo(last.position(), now);
    }

    /** Removes all messages. */
    public Optional<ConversationTruncated> clear(Instant now) {
        return truncateTo(0, now);
    }

    private Optional<ConversationTruncated> truncateTo(int keep, Instant now) {
        requireLive();
        return keep >= messageCount
                ? Optional.empty()
                : Optional.of(new ConversationTruncated(id, version.next(), at(now), keep));
    }

    /** Makes a temporary conversation permanent; empty when it is permanent already. */
    public Optional<ConversationMadePermanent> makePermanent(Instant now) {
        requireLive();
        return expiresAt.isEmpty()
                ? Optional.empty()
                : Optional.of(new ConversationMadePermanent(id, version.next(), at(now)));
    }

    /** Moves it to the bin; empty when it is there already. The time is the clock's, because the bin is emptied by the clock. */
    public Optional<ConversationDeleted> delete(Instant now) {
        return isDeleted()
                ? Optional.empty()
                : Optional.of(new ConversationDeleted(id, version.next(), Times.requireMillis(now)));
    }

    /** Takes it out of the bin; empty when it is live. */
    public Optional<ConversationRestored> restore(Instant now) {
        return isDeleted() ? Optional.of(new ConversationRestored(id, version.next(), at(now))) : Optional.empty();
    }

    /** Removes it permanently from the bin; throws {@link ConversationNotDeleted} when it is live. */
    public ConversationPurged purge(Instant now) {
        if (!isDeleted()) {
            throw new ConversationNotDeleted(id);
        }
        return new ConversationPurged(id, version.next(), at(now));
    }

    /** Throws {@link VersionConflict} unless the precondition admits the conversation's version. */
    public void expect(Precondition precondition) {
        expect(precondition, version);
    }

    /** The same for the version of one of its messages. */
    public void expect(Precondition precondition, Version current) {
        if (!precondition.admits(current)) {
            throw new VersionConflict(id, current);
        }
    }

    /** Throws {@link ConversationNotFound} for anyone but the owner, so that others do not learn that it exists. */
    public Conversation ownedBy(OwnerId caller) {
        if (!owner.equals(caller)) {
            throw new ConversationNotFound(id);
        }
        return this;
    }

    /** Throws {@link ConversationNotFound} once it has expired, even before a sweep removes it. */
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

    /** Whether it is still being created, in several transactions. No reader sees it before the last one. */
    public boolean isStaged() {
        return expiresAt.filter(STAGED::equals).isPresent();
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
                        Optional.of(e.origin()), e.digest());
            case ConversationImported e -> e.conversation();
        };
    }

    /** The head after the event; empty after a purge. Throws {@link IllegalArgumentException} unless the event is the next one. */
    public Optional<Conversation> apply(ConversationEvent event) {
        boolean staged = event instanceof Staged;
        if (!event.conversationId().equals(id) || staged && !isStaged()
                || !event.version().equals(staged ? version : version.next())) {
            throw new IllegalArgumentException(
                    "conversation " + id + " at version " + version + " cannot be followed by version "
                            + event.version() + " of conversation " + event.conversationId());
        }
        return switch (event) {
            case ConversationEvent.Creation e ->
                throw new IllegalArgumentException("conversation " + id + " exists already");
            case ConversationRenamed e -> next(e, e.title(), metadata, filing, messageCount, deletedAt, expiresAt);
            case MetadataChanged e -> next(e, title, e.metadata(), filing, messageCount, deletedAt, expiresAt);
            case ConversationFiled e -> next(e, title, metadata, e.filing(), messageCount, deletedAt, expiresAt);
            case MessageAppended e -> next(e, messageCount + 1, deletedAt, expiresAt);
            case MessageEdited e -> next(e, messageCount, deletedAt, expiresAt);
            case MessageRemoved e -> next(e, messageCount, deletedAt, expiresAt);
            case MessagesStaged e -> next(e, messageCount + e.messages().size(), deletedAt, expiresAt);
            case StagingCompleted e -> Optional.of(completed(e.conversation()));
            case ConversationTruncated e -> next(e, e.keep(), deletedAt, expiresAt);
            case ConversationDeleted e -> next(e, messageCount, Optional.of(e.at()), expiresAt);
            case ConversationRestored e -> next(e, messageCount, Optional.empty(), expiresAt);
            case ConversationMadePermanent e -> next(e, messageCount, deletedAt, Optional.empty());
            case ConversationPurged _ -> Optional.empty();
        };
    }

    private Optional<Conversation> next(ConversationEvent event, int newCount, Optional<Instant> newDeletedAt,
            Optional<Instant> newExpiresAt) {
        return next(event, title, metadata, filing, newCount, newDeletedAt, newExpiresAt);
    }

    private Optional<Conversation> next(ConversationEvent event, Optional<Title> newTitle, Metadata newMetadata,
            Filing newFiling, int newCount, Optional<Instant> newDeletedAt, Optional<Instant> newExpiresAt) {
        Instant changedAt = Times.following(updatedAt, event.at());
        Instant began = createdAt.isAfter(changedAt) ? changedAt : createdAt;
        return Optional
                .of(new Conversation(id, owner, newTitle, newMetadata, newFiling, event.version(), newCount, began,
                        changedAt, newDeletedAt, newExpiresAt, origin, digest));
    }

    private Conversation completed(Conversation complete) {
        if (complete.isStaged() || !complete.owner.equals(owner) || !complete.origin.equals(origin)
                || complete.messageCount != messageCount) {
            throw new IllegalArgumentException("conversation " + id + " was staged with another head");
        }
        return complete;
    }

    private Instant at(Instant now) {
        return Times.following(updatedAt, Times.requireMillis(now));
    }

    private void requireLive() {
        if (isDeleted()) {
            throw new ConversationNotFound(id);
        }
    }
}
