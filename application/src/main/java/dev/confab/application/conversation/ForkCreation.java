package dev.confab.application.conversation;

import static dev.confab.domain.port.ConversationTransaction.MAX_CREATION_BYTES;
import static dev.confab.domain.port.ConversationTransaction.MAX_CREATION_MESSAGES;

import dev.confab.application.Conversations.Fork;
import dev.confab.application.CreateResult;
import dev.confab.application.RequestedId;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent.ConversationForked;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.TransactionTooLarge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Forks: what is copied is read, as of one moment, before the transaction on the new conversation. */
record ForkCreation(RetryingConversationStore store, ConversationReader reader, IdResolver naming, MillisClock now) {
    private static final int MAX_READS = 5;

    CreateResult<Conversation> fork(OwnerId owner, ConversationId source, Fork request) {
        ConversationId id = naming.conversation(owner, request.id());
        Digest digest = Digest.of("fork").field(source.toString()).field(request.messageId().toString())
                .field(request.title()).build();
        boolean named = !(request.id() instanceof RequestedId.Unnamed);
        // The same fork again gives what it made, whatever became of its source since.
        Instant asked = now.millis();
        Optional<CreateResult<Conversation>> earlier = named
                ? store.transact(id, tx -> IdempotentCreation.earlier(tx, id, owner, digest, asked))
                : Optional.empty();
        return earlier.orElseGet(() -> {
            Instant at = now.millis();
            ConversationForked forked = copy(owner, source, request, id, digest, at);
            CreateResult<Conversation> made = store.transactRepeatable(id,
                    tx -> IdempotentCreation.earlier(tx, id, owner, digest, at).orElseGet(() -> {
                        tx.record(forked);
                        return new CreateResult<>(tx.conversation(), true);
                    }));
            return named ? made : new CreateResult<>(made.value(), true);
        });
    }

    private ConversationForked copy(OwnerId owner, ConversationId source, Fork request, ConversationId id,
            Digest digest, Instant at) {
        for (int i = 0; i < MAX_READS; i++) {
            SnapshotReader prefix = prefix(owner, source, request.messageId());
            Optional<List<Message>> messages = read(prefix)
                    .filter(read -> read.getLast().id().equals(request.messageId()));
            if (messages.isPresent()) {
                Conversation head = prefix.head();
                Optional<Title> title = request.title().or(head::title);
                return head.fork(id, title, messages.get(), digest, at);
            }
        }
        throw new LockTimeout("conversation " + source + " was edited whenever it was read, " + MAX_READS + " times");
    }

    private SnapshotReader prefix(OwnerId owner, ConversationId source, MessageId last) {
        // The owner first: that a message is not there must not tell others that the conversation is.
        reader.find(source, now.millis()).orElseThrow(() -> new ConversationNotFound(source)).ownedBy(owner);
        int position = reader.read(source, last, now.millis()).messages().getFirst().position();
        if (position > MAX_CREATION_MESSAGES) {
            throw new TransactionTooLarge("a fork can copy at most " + MAX_CREATION_MESSAGES + " messages");
        }
        return SnapshotReader.upTo(reader, now, owner, source, position);
    }

    /** All of the prefix; empty when its moment is gone. */
    private static Optional<List<Message>> read(SnapshotReader prefix) {
        var all = new ArrayList<Message>();
        long weight = 0;
        while (!prefix.isComplete()) {
            Optional<List<Message>> next = prefix.next();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(next.get());
            weight += next.get().stream().mapToLong(Message::weight).sum();
            if (weight > MAX_CREATION_BYTES) {
                throw new TransactionTooLarge("a fork can copy at most " + MAX_CREATION_BYTES + " bytes of messages");
            }
        }
        return Optional.of(all);
    }
}
