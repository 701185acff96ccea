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
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.LockTimeout;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Forks a conversation: reads the messages to copy as of one moment, and creates the new conversation with them, in one transaction or,
 * when they are too many, in several that readers see as one.
 */
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
            for (int i = 0; i < MAX_READS; i++) {
                Optional<CreateResult<Conversation>> made = copy(token, source, request, id, digest);
                if (made.isPresent()) {
                    return IdempotentCreation.resultFor(request.id(), made.get());
                }
            }
            throw new LockTimeout(
                    "conversation " + source + " changed during each of " + MAX_READS + " attempts to read it");
        });
    }

    /** Empty when the source changed while it was read. */
    private Optional<CreateResult<Conversation>> copy(FencingToken token, ConversationId source, Fork request,
            ConversationId id, Digest digest) {
        SnapshotReader snapshot = upTo(token.owner(), source, request.messageId());
        var first = new ArrayList<Message>();
        long weight = 0;
        while (!snapshot.isComplete()) {
            Optional<List<Message>> next = snapshot.next();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            first.addAll(next.get());
            weight += next.get().stream().mapToLong(Message::weight).sum();
            if (first.size() > MAX_CREATION_MESSAGES || weight > MAX_CREATION_BYTES) {
                return stage(token, snapshot, first, request, id, digest);
            }
        }
        if (!first.getLast().id().equals(request.messageId())) {
            return Optional.empty();
        }
        Instant at = clock.instant();
        ConversationForked forked = snapshot.head().fork(id, request.title().or(snapshot.head()::title), first, digest,
                at);
        return Optional.of(store.transactRepeatable(id,
                tx -> IdempotentCreation.create(tx, id, token, digest, at, () -> tx.record(forked))));
    }

    /** Copies more messages than one transaction holds: first those that were read already, and then the rest of the snapshot. */
    private Optional<CreateResult<Conversation>> stage(FencingToken token, SnapshotReader snapshot, List<Message> first,
            Fork request, ConversationId id, Digest digest) {
        Conversation from = snapshot.head();
        Instant at = clock.instant();
        var head = new Conversation(id, from.owner(), request.title().or(from::title), from.metadata(), Version.FIRST,
                snapshot.count(), at, at, Optional.empty(), Optional.empty(),
                Optional.of(new Origin(from.id(), request.messageId())), digest);
        // One version of one conversation always has the same messages.
        Digest content = Digest.of("staged fork").field(digest.hex()).field(from.version().toString())
                .field(from.createdAt().toString()).build();
        var creation = new StagedCreation(store, clock, head, content);
        Optional<Conversation> earlier = creation.begin(Optional.of(token));
        if (earlier.isPresent()) {
            return earlier.map(made -> new CreateResult<>(made, false));
        }
        Message last = first.getLast();
        first.forEach(message -> creation.add(message.copied()));
        while (!snapshot.isComplete()) {
            Optional<List<Message>> next = snapshot.next();
            if (next.isEmpty()) {
                creation.discard();
                return Optional.empty();
            }
            next.get().forEach(message -> creation.add(message.copied()));
            last = next.get().getLast();
        }
        if (!last.id().equals(request.messageId())) {
            creation.discard();
            return Optional.empty();
        }
        return Optional.of(creation.complete(List.of()));
    }

    private SnapshotReader upTo(OwnerId owner, ConversationId source, MessageId last) {
        // The owner is checked first: "message not found" would tell others that the conversation exists.
        reader.find(source, clock.instant()).orElseThrow(() -> new ConversationNotFound(source)).ownedBy(owner);
        int position = reader.read(source, last, clock.instant()).messages().getFirst().position();
        return SnapshotReader.upTo(reader, clock, owner, source, position);
    }
}
