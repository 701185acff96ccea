package dev.confab.application.conversation;

import dev.confab.application.CreateResult;
import dev.confab.application.Transfer;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationIdReused;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Export as of one moment; import as one event. */
public final class TransferService implements Transfer {
    private final RetryingConversationStore store;
    private final ConversationReader reader;
    private final IdResolver naming;
    private final MillisClock now;

    public TransferService(RetryingConversationStore store, ConversationReader reader, Ids ids, InstantSource clock) {
        this.store = store;
        this.reader = reader;
        this.naming = new IdResolver(ids);
        this.now = new MillisClock(clock);
    }

    /** The head and the first window are of one moment, so there is nothing to start anew; appends do not disturb the rest. */
    @Override
    public void export(OwnerId owner, ConversationId id, Sink sink) {
        SnapshotReader prefix = SnapshotReader.whole(reader, now, owner, id);
        sink.conversation(prefix.head());
        while (!prefix.isComplete()) {
            prefix.next().orElseThrow(() -> new ChangedMeanwhile(id)).forEach(sink::message);
        }
    }

    @Override
    public CreateResult<Conversation> importConversation(OwnerId owner, Imported imported, OnConflict onConflict) {
        Digest digest = digest(imported);
        try {
            return store(owner, imported.id(), imported, digest);
        } catch (ConversationIdReused taken) {
            return switch (onConflict) {
                case REFUSE -> throw taken;
                case NEW_ID ->
                    store(owner, naming.importedAs(owner, imported.id(), digest), imported, digest);
            };
        }
    }

    private CreateResult<Conversation> store(OwnerId owner, ConversationId id, Imported imported, Digest digest) {
        Instant at = now.millis();
        var head = new Conversation(id, owner, imported.title(), imported.metadata(), imported.version(),
                imported.messages().size(), imported.createdAt(), imported.updatedAt(), Optional.empty(),
                Optional.empty(), imported.origin(), digest);
        var event = Conversation.importing(head, imported.messages(), at);
        return store.transactRepeatable(id, tx -> {
            ConversationChanges.dropExpired(tx, at);
            if (isThere(tx, head, imported)) {
                return new CreateResult<>(tx.conversation(), false);
            }
            return IdempotentCreation.earlier(tx, id, owner, digest, at).orElseGet(() -> {
                tx.record(event);
                return new CreateResult<>(tx.conversation(), true);
            });
        });
    }

    /** Whether the very conversation that was exported is still there, unchanged, though no import made it. */
    private static boolean isThere(ConversationTransaction tx, Conversation head, Imported imported) {
        return tx.find().filter(there -> !there.digest().equals(head.digest()) && sameHead(there, head)).isPresent()
                && imported.messages().stream().allMatch(message -> tx.messageAt(message.position())
                        .filter(there -> sameContent(there, message)).isPresent());
    }

    private static boolean sameHead(Conversation there, Conversation head) {
        return new Conversation(there.id(), there.owner(), there.title(), there.metadata(), there.version(),
                there.messageCount(), there.createdAt(), there.updatedAt(), there.deletedAt(), there.expiresAt(),
                there.origin(),
                head.digest()).equals(head);
    }

    /** All but the digest, which an export does not hold. */
    private static boolean sameContent(Message there, Message message) {
        return new Message(there.id(), there.position(), there.role(), there.text(), there.data(), there.metadata(),
                there.createdAt(), there.editedAt(), there.version(), message.digest()).equals(message);
    }

    /** Of all but the id: under another one it is still the same import. */
    private static Digest digest(Imported imported) {
        var digest = Digest.of("import").field(imported.title()).field(imported.metadata())
                .field(imported.version().toString()).field(imported.createdAt().toString())
                .field(imported.updatedAt().toString())
                .field(imported.origin().map(origin -> origin.conversationId() + " " + origin.messageId()));
        for (Message message : imported.messages()) {
            digest.field(message.id().toString()).field(message.role().name()).field(message.text())
                    .field(message.data()).field(message.metadata()).field(message.createdAt().toString())
                    .field(message.editedAt()).field(message.version().toString());
        }
        return digest.build();
    }
}
