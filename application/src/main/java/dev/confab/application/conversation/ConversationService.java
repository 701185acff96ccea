package dev.confab.application.conversation;

import dev.confab.application.Conversations;
import dev.confab.application.CreateResult;
import dev.confab.application.RequestedId;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.Ids;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The use cases on a conversation as a whole, each one work on one conversation. */
public final class ConversationService implements Conversations {
    private final RetryingConversationStore store;
    private final ConversationReader reader;
    private final IdResolver naming;
    private final MillisClock now;
    private final ForkCreation forking;
    private final BinPurge expiry;

    public ConversationService(RetryingConversationStore store, ConversationReader reader, Ids ids,
            InstantSource clock) {
        this.store = store;
        this.reader = reader;
        this.naming = new IdResolver(ids);
        this.now = new MillisClock(clock);
        this.forking = new ForkCreation(store, reader, naming, now);
        this.expiry = new BinPurge(store, reader, now);
    }

    @Override
    public CreateResult<Conversation> create(OwnerId owner, Creation request) {
        ConversationId id = naming.conversation(owner, request.id());
        List<MessageDraft> drafts = MessageDrafts.all(naming, id, request.messages());
        Digest digest = MessageDrafts.digest(Digest.of("create").field(request.title()).field(request.metadata()),
                request.messages(), drafts).build();
        Instant at = now.millis();
        CreateResult<Conversation> made = store.transactRepeatable(id,
                tx -> IdempotentCreation.earlier(tx, id, owner, digest, at).orElseGet(() -> {
                    tx.record(Conversation.start(id, owner, request.title(), request.metadata(), digest, at));
                    IdempotentAppend.append(tx, drafts, at);
                    return new CreateResult<>(tx.conversation(), true);
                }));
        return request.id() instanceof RequestedId.Unnamed ? new CreateResult<>(made.value(), true) : made;
    }

    @Override
    public Conversation get(OwnerId owner, ConversationId id) {
        return reader.find(id, now.millis()).orElseThrow(() -> new ConversationNotFound(id)).ownedBy(owner);
    }

    @Override
    public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query) {
        return reader.list(owner, query, now.millis());
    }

    @Override
    public Conversation change(OwnerId owner, ConversationId id, Change change, Precondition precondition) {
        Instant at = now.millis();
        return store.transact(id, tx -> {
            Conversation head = ConversationChanges.live(tx, owner, at);
            head.expect(precondition);
            Conversation renamed = ConversationChanges.record(tx, head,
                    head.rename(change.title().apply(head.title()), at));
            return ConversationChanges.record(tx, renamed,
                    renamed.changeMetadata(change.metadata().apply(renamed.metadata()), at));
        });
    }

    @Override
    public Conversation delete(OwnerId owner, ConversationId id, Precondition precondition) {
        Instant at = now.millis();
        return store.transact(id, tx -> {
            Conversation head = ConversationChanges.any(tx, owner, id, at);
            if (!head.isDeleted()) {
                // A repeat names the version from before the deletion: only what is live is held to it.
                head.expect(precondition);
                ConversationChanges.cancelTurn(tx, at);
            }
            return ConversationChanges.record(tx, head, head.delete(at));
        });
    }

    @Override
    public Conversation restore(OwnerId owner, ConversationId id) {
        Instant at = now.millis();
        return store.transact(id, tx -> {
            Conversation head = ConversationChanges.any(tx, owner, id, at);
            return ConversationChanges.record(tx, head, head.restore(at));
        });
    }

    @Override
    public void purge(OwnerId owner, ConversationId id) {
        Instant at = now.millis();
        var _ = store.transact(id, tx -> {
            Conversation head = ConversationChanges.any(tx, owner, id, at);
            tx.record(head.purge(at));
            return head;
        });
    }

    @Override
    public CreateResult<Conversation> fork(OwnerId owner, ConversationId id, Fork request) {
        return forking.fork(owner, id, request);
    }

    @Override
    public int purgeBin(Duration retention) {
        return expiry.purgeBin(retention);
    }
}
