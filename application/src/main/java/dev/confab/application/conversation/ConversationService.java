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
import dev.confab.domain.conversation.Times;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore.Removal;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The use cases on a conversation as a whole; each is one transaction. */
public record ConversationService(RetryingConversationStore store, ConversationReader reader, IdResolver ids,
        LocalTurns local, InstantSource clock) implements Conversations {

    @Override
    public CreateResult<Conversation> create(OwnerId owner, Creation request) {
        return create(store.token(owner), request);
    }

    @Override
    public CreateResult<Conversation> create(FencingToken token, Creation request) {
        OwnerId owner = token.owner();
        ConversationId id = ids.conversation(owner, request.id());
        Instant at = clock.instant();
        var messages = MessageBatch.of(ids, id, request.messages(), at);
        Digest digest = messages.addTo(Digest.of("create").field(request.title()).field(request.metadata())).build();
        return IdempotentCreation.resultFor(request.id(), store.transactRepeatable(id,
                tx -> IdempotentCreation.create(tx, id, token, digest, at, () -> {
                    tx.record(Conversation.start(id, owner, request.title(), request.metadata(), digest, at));
                    messages.append(tx, at);
                })));
    }

    @Override
    public Conversation get(OwnerId owner, ConversationId id) {
        return reader.find(id, clock.instant()).orElseThrow(() -> new ConversationNotFound(id)).ownedBy(owner);
    }

    @Override
    public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query) {
        return reader.list(owner, query, clock.instant());
    }

    @Override
    public Conversation change(OwnerId owner, ConversationId id, Change change, Precondition precondition) {
        Instant at = clock.instant();
        return store.transact(id, tx -> {
            Conversation head = ConversationLookup.live(tx, owner, at);
            head.expect(precondition);
            Conversation renamed = ConversationChanges.record(tx, head,
                    head.rename(change.title().apply(head.title()), at));
            Conversation described = ConversationChanges.record(tx, renamed,
                    renamed.changeMetadata(change.metadata().apply(renamed.metadata()), at));
            return ConversationChanges.record(tx, described,
                    described.file(change.filing().apply(described.filing()), at));
        });
    }

    @Override
    public Optional<Conversation> delete(OwnerId owner, ConversationId id, Precondition precondition) {
        TurnEnd end = new TurnEnd(local);
        Instant at = clock.instant();
        try {
            return Optional.of(store.transact(id, tx -> {
                Conversation head = ConversationLookup.liveOrDeleted(tx, owner, id, at);
                if (!head.isDeleted()) {
                    // A repeated request names the version before the deletion, so only a live conversation is checked.
                    head.expect(precondition);
                }
                return ConversationChanges.delete(tx, head, end, at);
            }));
        } catch (ConversationDamaged damaged) {
            if (!precondition.equals(new Precondition.None())) {
                throw damaged;
            }
            removeDamaged(damaged, owner, Removal.DELETE, at);
            return Optional.empty();
        }
    }

    private void removeDamaged(ConversationDamaged damaged, OwnerId owner, Removal removal, Instant at) {
        if (!store.removeDamaged(damaged.conversationId(), owner, removal, at)) {
            throw damaged;
        }
    }

    @Override
    public Conversation restore(OwnerId owner, ConversationId id) {
        Instant at = clock.instant();
        return store.transact(id, tx -> {
            Conversation head = ConversationLookup.liveOrDeleted(tx, owner, id, at);
            return ConversationChanges.record(tx, head, head.restore(at));
        });
    }

    @Override
    public void purge(OwnerId owner, ConversationId id) {
        Instant at = clock.instant();
        try {
            var _ = store.transact(id, tx -> {
                Conversation head = ConversationLookup.liveOrDeleted(tx, owner, id, at);
                tx.record(head.purge(at));
                return head;
            });
        } catch (ConversationDamaged damaged) {
            removeDamaged(damaged, owner, Removal.PURGE, at);
        }
    }

    @Override
    public CreateResult<Conversation> fork(OwnerId owner, ConversationId id, Fork request) {
        return fork(store.token(owner), id, request);
    }

    @Override
    public CreateResult<Conversation> fork(FencingToken token, ConversationId id, Fork request) {
        return new ForkCreation(store, reader, ids, clock).fork(token, id, request);
    }

    @Override
    public int purgeBin(Duration retention) {
        Instant at = clock.instant();
        Instant before = at.minus(retention);
        correctDeletionTimes(at);
        return Sweep.all(limit -> reader.deletedBefore(before, limit).stream().map(Conversation::id).toList(),
                id -> purge(id, before, at));
    }

    /** A time of deletion far ahead of the clock, which an earlier version could store, is replaced: the retention begins now. */
    private void correctDeletionTimes(Instant at) {
        var _ = Sweep.all(
                limit -> reader.deletedAfter(Times.latestPlausible(at), limit).stream().map(Conversation::id).toList(),
                id -> store.transact(id, tx -> {
                    var wrong = tx.find().filter(
                            head -> head.deletedAt().filter(when -> Times.isFarAhead(when, at)).isPresent());
                    wrong.flatMap(head -> head.restore(at)).ifPresent(restored -> {
                        tx.record(restored);
                        tx.record(tx.conversation().delete(at).orElseThrow());
                    });
                    return wrong.isPresent();
                }));
    }

    /** Checks again: the conversation may have been restored, purged, or deleted anew since it was listed. */
    private boolean purge(ConversationId id, Instant before, Instant at) {
        return store.transact(id, tx -> {
            var due = tx.find().filter(head -> head.deletedAt().filter(when -> when.isBefore(before)).isPresent());
            due.ifPresent(head -> tx.record(head.purge(at)));
            return due.isPresent();
        });
    }

    @Override
    public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query) {
        return reader.search(owner, query, clock.instant());
    }
}
