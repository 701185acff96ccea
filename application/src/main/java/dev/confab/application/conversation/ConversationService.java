package dev.confab.application.conversation;

import dev.confab.application.Conversations;
import dev.confab.application.CreateResult;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.Ids;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The use cases on a conversation as a whole; each is one transaction. */
public final class ConversationService implements Conversations {
    private final RetryingConversationStore store;
    private final ConversationReader reader;
    private final IdResolver ids;
    private final MillisClock clock;
    private final ForkCreation forks;
    private final BinPurge bin;

    public ConversationService(RetryingConversationStore store, ConversationReader reader, Ids idSource,
            InstantSource source) {
        this.store = store;
        this.reader = reader;
        this.ids = new IdResolver(idSource);
        this.clock = new MillisClock(source);
        this.forks = new ForkCreation(store, reader, ids, this.clock);
        this.bin = new BinPurge(store, reader, this.clock);
    }

    @Override
    public CreateResult<Conversation> create(OwnerId owner, Creation request) {
        ConversationId id = ids.conversation(owner, request.id());
        var messages = MessageBatch.of(ids, id, request.messages());
        Digest digest = messages.addTo(Digest.of("create").field(request.title()).field(request.metadata())).build();
        Instant at = clock.millis();
        return IdempotentCreation.told(request.id(), store.transactRepeatable(id,
                tx -> IdempotentCreation.create(tx, id, owner, digest, at, () -> {
                    tx.record(Conversation.start(id, owner, request.title(), request.metadata(), digest, at));
                    messages.append(tx, at);
                })));
    }

    @Override
    public Conversation get(OwnerId owner, ConversationId id) {
        return reader.find(id, clock.millis()).orElseThrow(() -> new ConversationNotFound(id)).ownedBy(owner);
    }

    @Override
    public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query) {
        return reader.list(owner, query, clock.millis());
    }

    @Override
    public Conversation change(OwnerId owner, ConversationId id, Change change, Precondition precondition) {
        Instant at = clock.millis();
        return store.transact(id, tx -> {
            Conversation head = ConversationLookup.live(tx, owner, at);
            head.expect(precondition);
            Conversation renamed = ConversationChanges.record(tx, head,
                    head.rename(change.title().apply(head.title()), at));
            return ConversationChanges.record(tx, renamed,
                    renamed.changeMetadata(change.metadata().apply(renamed.metadata()), at));
        });
    }

    @Override
    public Conversation delete(OwnerId owner, ConversationId id, Precondition precondition) {
        Instant at = clock.millis();
        return store.transact(id, tx -> {
            Conversation head = ConversationLookup.liveOrDeleted(tx, owner, id, at);
            if (!head.isDeleted()) {
                // A repeated request names the version before the deletion, so only a live conversation is checked.
                head.expect(precondition);
            }
            return ConversationChanges.delete(tx, head, at);
        });
    }

    @Override
    public Conversation restore(OwnerId owner, ConversationId id) {
        Instant at = clock.millis();
        return store.transact(id, tx -> {
            Conversation head = ConversationLookup.liveOrDeleted(tx, owner, id, at);
            return ConversationChanges.record(tx, head, head.restore(at));
        });
    }

    @Override
    public void purge(OwnerId owner, ConversationId id) {
        Instant at = clock.millis();
        var _ = store.transact(id, tx -> {
            Conversation head = ConversationLookup.liveOrDeleted(tx, owner, id, at);
            tx.record(head.purge(at));
            return head;
        });
    }

    @Override
    public CreateResult<Conversation> fork(OwnerId owner, ConversationId id, Fork request) {
        return forks.fork(owner, id, request);
    }

    @Override
    public int purgeBin(Duration retention) {
        return bin.purgeBin(retention);
    }
}
