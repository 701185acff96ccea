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
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.TransactionTooLarge;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Forks a conversation: reads the messages to copy as of one moment, and then creates the new conversation in a transaction of its own. */
record ForkCreation(RetryingConversationStore store, ConversationReader reader, IdResolver ids, InstantSource clock) {
    private static final int MAX_READS = 5;

    /** @param token taken before the source is read: a copy must not bring back what an erasure removes */
    CreateResult<Conversation> fork(FencingToken token, ConversationId source, Fork request) {
        OwnerId owner = token.owner();
        ConversationId id = ids.conversation(owner, request.id());
        Digest digest = Digest.of("fork").field(source.toString()).field(request.messageId().toString())
                .field(request.title()).build();
        // A repeated request returns what the first one made, even when its source has changed or gone since.
        Instant asked = clock.instant();
        Optional<CreateResult<Conversation>> earlier = request.id() instanceof RequestedId.Unnamed
                ? Optional.empty()
                : store.transact(id, tx -> IdempotentCreation.earlier(tx, id, owner, digest, asked));
        return earlier.orElseGet(() -> {
            Instant at = clock.instant();
            ConversationForked forked = copy(owner, source, request, id, digest, at);
            return IdempotentCreation.resultFor(request.id(), store.transactRepeatable(id,
                    tx -> IdempotentCreation.create(tx, id, token, digest, at, () -> tx.record(forked))));
        });
    }

    private ConversationForked copy(OwnerId owner, ConversationId source, Fork request, ConversationId id,
            Digest digest, Instant at) {
        for (int i = 0; i < MAX_READS; i++) {
            SnapshotReader snapshot = upTo(owner, source, request.messageId());
            Optional<List<Message>> messages = readAll(snapshot)
                    .filter(read -> read.getLast().id().equals(request.messageId()));
            if (messages.isPresent()) {
                Conversation head = snapshot.head();
                return head.fork(id, request.title().or(head::title), messages.get(), digest, at);
            }
        }
        throw new LockTimeout(
                "conversation " + source + " changed during each of " + MAX_READS + " attempts to read it");
    }

    private SnapshotReader upTo(OwnerId owner, ConversationId source, MessageId last) {
        // The owner is checked first: "message not found" would tell others that the conversation exists.
        reader.find(source, clock.instant()).orElseThrow(() -> new ConversationNotFound(source)).ownedBy(owner);
        int position = reader.read(source, last, clock.instant()).messages().getFirst().position();
        if (position > MAX_CREATION_MESSAGES) {
            throw new TransactionTooLarge("a fork can copy at most " + MAX_CREATION_MESSAGES + " messages");
        }
        return SnapshotReader.upTo(reader, clock, owner, source, position);
    }

    /** All messages of the snapshot; empty when it can no longer be read. */
    private static Optional<List<Message>> readAll(SnapshotReader snapshot) {
        var all = new ArrayList<Message>();
        long weight = 0;
        while (!snapshot.isComplete()) {
            Optional<List<Message>> next = snapshot.next();
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
