package dev.confab.application.conversation;

import dev.confab.application.Messages;
import dev.confab.application.Messages.NewMessage;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.MessageNotFound;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.query.Changes;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.Window;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The use cases on the messages of a conversation. */
public record MessageService(RetryingConversationStore store, ConversationReader reader, IdResolver ids,
        LocalTurns local, InstantSource clock) implements Messages {

    @Override
    public Written<Message> append(OwnerId owner, ConversationId id, NewMessage message, Precondition precondition) {
        Instant at = clock.instant();
        var written = write(owner, id, MessageBatch.single(ids, id, message, at), precondition, at);
        return new Written<>(written.value().getFirst(), written.conversationVersion(), written.isNew());
    }

    @Override
    public Written<List<Message>> appendAll(OwnerId owner, ConversationId id, List<NewMessage> messages,
            Precondition precondition) {
        if (messages.isEmpty()) {
            throw new InvalidValue("messages", "must not be empty");
        }
        Instant at = clock.instant();
        return write(owner, id, MessageBatch.of(ids, id, messages, at), precondition, at);
    }

    private Written<List<Message>> write(OwnerId owner, ConversationId id, MessageBatch batch,
            Precondition precondition, Instant at) {
        var written = store.transactRepeatable(id, tx -> {
            Conversation head = ConversationLookup.live(tx, owner, at);
            return batch.earlier(tx).map(known -> new Written<>(known, head.version(), false))
                    .orElseGet(() -> {
                        head.expect(precondition);
                        List<Message> made = batch.append(tx, at);
                        return new Written<>(made, made.getLast().version(), true);
                    });
        });
        // An id that the server chose is new: what a second attempt found was made by the first.
        return batch.isUnnamed() ? new Written<>(written.value(), written.conversationVersion(), true) : written;
    }

    @Override
    public Written<Message> edit(OwnerId owner, ConversationId id, MessageId messageId, Edit edit,
            Precondition precondition) {
        Instant at = clock.instant();
        return store.transact(id, tx -> {
            Conversation head = ConversationLookup.live(tx, owner, at);
            Message old = found(tx, id, messageId);
            head.expect(precondition, old.version());
            var edited = head.edit(old, edit.text().apply(old.text()), edit.data().apply(old.data()),
                    edit.metadata().apply(old.metadata()), at);
            edited.ifPresent(tx::record);
            return edited.map(event -> new Written<>(event.message(), event.version(), true))
                    .orElseGet(() -> new Written<>(old, head.version(), false));
        });
    }

    @Override
    public Written<Message> remove(OwnerId owner, ConversationId id, MessageId messageId, Precondition precondition) {
        TurnEnd end = new TurnEnd(local);
        Instant at = clock.instant();
        return handOver().transact(id, tx -> {
            Conversation head = ConversationLookup.live(tx, owner, at);
            Message old = found(tx, id, messageId);
            if (old.isRemoved()) {
                return new Written<>(old, head.version(), false);
            }
            head.expect(precondition, old.version());
            Message removed = ConversationChanges.remove(tx, old, end, at);
            return new Written<>(removed, removed.version(), true);
        });
    }

    @Override
    public Conversation truncate(OwnerId owner, ConversationId id, MessageId last, Precondition precondition) {
        Instant at = clock.instant();
        return handOver().transact(id, tx -> {
            Conversation head = ConversationLookup.live(tx, owner, at);
            Message kept = found(tx, id, last);
            head.expect(precondition);
            return ConversationChanges.truncateAfter(tx, head, kept, at);
        });
    }

    @Override
    public Conversation clear(OwnerId owner, ConversationId id, Precondition precondition) {
        Instant at = clock.instant();
        return store.transact(id, tx -> {
            Conversation head = ConversationLookup.live(tx, owner, at);
            head.expect(precondition);
            return ConversationChanges.clear(tx, head, at);
        });
    }

    /** Removing a prompt ends its turn, and then the next one begins. */
    private HandOver handOver() {
        return new HandOver(store, local, clock);
    }

    @Override
    public ConversationWindow read(OwnerId owner, ConversationId id, Window window) {
        ConversationWindow read = reader.read(id, window, clock.instant());
        read.conversation().ownedBy(owner);
        return read;
    }

    @Override
    public ConversationWindow read(OwnerId owner, ConversationId id, MessageId messageId) {
        // The owner is checked first: "message not found" would tell others that the conversation exists.
        reader.find(id, clock.instant()).orElseThrow(() -> new ConversationNotFound(id)).ownedBy(owner);
        ConversationWindow read = reader.read(id, messageId, clock.instant());
        read.conversation().ownedBy(owner);
        return read;
    }

    @Override
    public Changes changesSince(OwnerId owner, ConversationId id, long version) {
        if (version < 0) {
            throw new InvalidValue("version", "must not be negative");
        }
        Changes changes = reader.changesSince(id, version, clock.instant());
        changes.conversation().ownedBy(owner);
        return changes;
    }

    private static Message found(ConversationTransaction tx, ConversationId id, MessageId messageId) {
        return tx.message(messageId).orElseThrow(() -> new MessageNotFound(id, messageId));
    }
}
