package dev.confab.application.conversation;

import dev.confab.application.CreateResult;
import dev.confab.application.Transfer;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationIdReused;
import dev.confab.domain.conversation.ConversationInBin;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationTransaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/** Exports a conversation as of one moment, and imports one with a single event. */
public record TransferService(RetryingConversationStore store, ConversationReader reader, IdResolver ids,
        InstantSource clock) implements Transfer {

    /** The head and the first messages are read together, so nothing is ever started again; appends do not disturb the rest. */
    @Override
    public void export(OwnerId owner, ConversationId id, Sink sink) {
        SnapshotReader snapshot = SnapshotReader.whole(reader, clock, owner, id);
        sink.conversation(snapshot.head());
        while (!snapshot.isComplete()) {
            snapshot.next().orElseThrow(() -> new ChangedMeanwhile(id)).forEach(sink::message);
        }
    }

    @Override
    public CreateResult<Conversation> importConversation(OwnerId owner, Imported imported, OnConflict onConflict) {
        return importConversation(store.token(owner), imported, onConflict);
    }

    @Override
    public CreateResult<Conversation> importConversation(FencingToken token, Imported imported,
            OnConflict onConflict) {
        OwnerId owner = token.owner();
        Digest digest = digest(imported);
        ConversationId id = imported.id();
        while (true) {
            try {
                return store(token, id, imported, digest);
            } catch (ConversationIdReused | ConversationInBin taken) {
                id = switch (onConflict) {
                    case REFUSE -> throw taken;
                    // The new id may be in the bin too, from an earlier import: then the next one follows from that.
                    case NEW_ID -> ids.importedAs(owner, id, digest);
                };
            }
        }
    }

    private CreateResult<Conversation> store(FencingToken token, ConversationId id, Imported imported, Digest digest) {
        Conversation head = head(token.owner(), id, imported, digest);
        return imported.messages().fitsOneTransaction()
                ? inOneTransaction(token, head, imported)
                : staged(token, head, imported);
    }

    private CreateResult<Conversation> inOneTransaction(FencingToken token, Conversation head, Imported imported) {
        Instant at = clock.instant();
        List<Message> messages = StreamSupport.stream(imported.messages().spliterator(), false).toList();
        var event = Conversation.importing(head, messages, at);
        return store.transactRepeatable(head.id(), tx -> {
            ConversationChanges.purgeExpired(tx, at);
            if (tx.find().filter(there -> isUnchanged(there, head)).isPresent() && messages.stream().allMatch(
                    message -> tx.messageAt(message.position()).filter(there -> sameContent(there, message))
                            .isPresent())) {
                return new CreateResult<>(tx.conversation(), false);
            }
            return IdempotentCreation.create(tx, head.id(), token, head.digest(), at, () -> tx.record(event));
        });
    }

    private CreateResult<Conversation> staged(FencingToken token, Conversation head, Imported imported) {
        Conversation.checkImport(head, imported.messages(), clock.instant());
        Optional<Conversation> unchanged = unchanged(head, imported.messages());
        return unchanged.isPresent()
                ? new CreateResult<>(unchanged.get(), false)
                : new StagedCreation(store, clock, head, head.digest()).create(token, imported.messages());
    }

    /** As below, read without a transaction: it may end while the last window is read, and the import then found it as it was. */
    private Optional<Conversation> unchanged(Conversation head, Iterable<Message> messages) {
        if (reader.find(head.id(), clock.instant()).filter(there -> isUnchanged(there, head)).isEmpty()) {
            return Optional.empty();
        }
        SnapshotReader there = SnapshotReader.whole(reader, clock, head.owner(), head.id());
        if (!isUnchanged(there.head(), head)) {
            return Optional.empty();
        }
        Iterator<Message> expected = messages.iterator();
        while (!there.isComplete()) {
            Optional<List<Message>> window = there.next();
            if (window.isEmpty() || !window.get().stream().allMatch(message -> sameContent(message, expected.next()))) {
                return Optional.empty();
            }
        }
        return Optional.of(there.head());
    }

    /** Whether the exported conversation itself still exists, unchanged but for its messages: then an import has nothing to do. */
    private static boolean isUnchanged(Conversation there, Conversation head) {
        return !there.digest().equals(head.digest()) && there.equals(new Conversation(head.id(), head.owner(),
                head.title(), head.metadata(), head.filing(), head.version(), head.messageCount(), head.createdAt(),
                head.updatedAt(), Optional.empty(), Optional.empty(), head.origin(), there.digest()));
    }

    @Override
    public OptionalInt staged(OwnerId owner, ConversationId id) {
        return store.transact(id, ConversationTransaction::find)
                .filter(head -> head.isStaged() && head.owner().equals(owner)).stream()
                .mapToInt(Conversation::messageCount).findFirst();
    }

    private static Conversation head(OwnerId owner, ConversationId id, Imported imported, Digest digest) {
        return new Conversation(id, owner, imported.title(), imported.metadata(), imported.filing(),
                imported.version(), imported.messages().count(), imported.createdAt(), imported.updatedAt(),
                Optional.empty(),
                Optional.empty(), imported.origin(), digest);
    }

    /** Compares all but the digest, which an export does not contain. */
    private static boolean sameContent(Message there, Message message) {
        return new Message(there.id(), there.position(), there.role(), there.author(), there.text(), there.data(),
                there.metadata(), there.createdAt(), there.editedAt(), there.removedAt(), there.version(),
                message.digest(), there.incomplete()).equals(message);
    }

    /** Covers all but the id: under another id it is still the same import. */
    private static Digest digest(Imported imported) {
        var digest = Digest.of("import").field(imported.title()).field(imported.metadata())
                .field(imported.version().toString()).field(imported.createdAt().toString())
                .field(imported.updatedAt().toString())
                .field(imported.origin().map(origin -> origin.conversationId() + " " + origin.messageId()));
        // Only when present, as below.
        if (!imported.filing().equals(Filing.NONE)) {
            digest.field("filing").field(imported.filing().toString());
        }
        for (Message message : imported.messages()) {
            digest.field(message.id().toString()).field(message.role().name()).field(message.text())
                    .field(message.data()).field(message.metadata()).field(message.createdAt().toString())
                    .field(message.editedAt()).field(message.version().toString());
            // Only when present, so that the digests of conversations that were imported earlier stay the same.
            message.incomplete().ifPresent(reason -> digest.field("incomplete").field(reason.code()));
            message.author().ifPresent(author -> digest.field("author").field(author.name()));
            message.removedAt().ifPresent(at -> digest.field("removedAt").field(at.toString()));
        }
        return digest.build();
    }
}
