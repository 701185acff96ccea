package dev.confab.adapter.persistence.contract.reference;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.MessageNotFound;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.Erased;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.OwnerEraser;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.port.UsageReader;
import dev.confab.domain.query.Changes;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.query.Usage;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.Erasure;
import dev.confab.domain.work.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The simplest store that fulfils the contract, in memory. Adapters are compared with it, and tests of the application use it instead
 * of mocks. Each conversation has one immutable state, which a commit replaces as a whole, and one fair lock for writers. Readers use
 * no lock. Lists and searches go through all conversations.
 *
 * <p>The mutants of the tests override its protected methods.
 */
public class ReferenceStore
        implements
            ConversationStore,
            ConversationReader,
            SessionReader,
            ChangeFeed,
            OwnerEraser,
            UsageReader {
    private final ReferenceStorage storage;
    private final Duration lockTimeout;

    /** A store on new storage whose transactions wait at most 5 seconds for a locked conversation. */
    public ReferenceStore() {
        this(new ReferenceStorage(), Duration.ofSeconds(5));
    }

    /** An instance over a storage, which other instances may use at the same time. */
    public ReferenceStore(ReferenceStorage storage, Duration lockTimeout) {
        this.storage = storage;
        this.lockTimeout = lockTimeout;
    }

    @Override
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        UnitOfWork.requireOutsideTransaction();
        UnitOfWork.Outcome<R> outcome = runAlone(id, work);
        outcome.change().filter(this::isToTell).ifPresent(storage::report);
        return outcome.result();
    }

    /** Whether listeners are told of the commit: not as long as no reader can see the conversation. */
    protected boolean isToTell(Change change) {
        return change.after().or(change::before).filter(Conversation::isStaged).isEmpty();
    }

    @Override
    public FencingToken token(OwnerId owner) {
        UnitOfWork.requireOutsideTransaction();
        return storage.token(owner);
    }

    /** Runs the transaction function and commits, while no other transaction runs on this conversation. */
    protected <R> UnitOfWork.Outcome<R> runAlone(ConversationId id, Function<ConversationTransaction, R> work) {
        Lock lock = lockOf(id);
        acquire(id, lock);
        try {
            UnitOfWork.Outcome<R> outcome = run(id, current(id), work);
            outcome.change().ifPresent(this::commit);
            return outcome;
        } finally {
            lock.unlock();
        }
    }

    /** The lock of the conversation, the same for every instance over the storage. */
    protected Lock lockOf(ConversationId id) {
        return storage.lockOf(id);
    }

    protected void acquire(ConversationId id, Lock lock) {
        try {
            if (!lock.tryLock(lockTimeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new LockTimeout("conversation " + id + " was busy for " + lockTimeout);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockTimeout("the wait for conversation " + id + " was interrupted", e);
        }
    }

    protected <R> UnitOfWork.Outcome<R> run(ConversationId id, Optional<ReferenceConversation> state,
            Function<ConversationTransaction, R> work) {
        return UnitOfWork.run(id, new StoredState(state), work);
    }

    protected void commit(Change change) {
        Runnable write = () -> storage.write(change.id(), ReferenceConversation.after(current(change.id()), change));
        change.token().ifPresentOrElse(token -> storage.unlessErased(token, write), write);
    }

    /** The state that a transaction starts from. */
    protected Optional<ReferenceConversation> current(ConversationId id) {
        return storage.read(id);
    }

    /** The state that readers of one conversation see. */
    protected Optional<ReferenceConversation> visible(ConversationId id) {
        return storage.read(id);
    }

    /** The states that lists, searches and readers of sessions go through. */
    protected Stream<ReferenceConversation> all() {
        return storage.readAll();
    }

    protected final ReferenceStorage storage() {
        return storage;
    }

    /** Everything that is stored. */
    public StoredConversations stored() {
        return new ReferenceStored(storage);
    }

    @Override
    public Optional<Conversation> find(ConversationId id, Instant now) {
        return live(id, now).map(ReferenceConversation::head);
    }

    @Override
    public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query, Instant now) {
        UnitOfWork.requireOutsideTransaction();
        Stream<Conversation> found = all().map(ReferenceConversation::head)
                .filter(head -> head.owner().equals(owner) && query.admits(head, now));
        return Paging.page(found, query::keyOf, query.after(), query.limit());
    }

    @Override
    public ConversationWindow read(ConversationId id, Window window, Instant now) {
        return existing(id, now).read(window);
    }

    @Override
    public ConversationWindow read(ConversationId id, MessageId messageId, Instant now) {
        ReferenceConversation state = existing(id, now);
        Message message = state.message(messageId).orElseThrow(() -> new MessageNotFound(id, messageId));
        return new ConversationWindow(state.head(), List.of(message), false);
    }

    @Override
    public Changes changesSince(ConversationId id, long version, Instant now) {
        return existing(id, now).changesSince(version);
    }

    @Override
    public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
        return searching(query).page(live(owner, now));
    }

    protected ReferenceSearch searching(SearchQuery query) {
        return new ReferenceSearch(query);
    }

    @Override
    public List<Conversation> deletedBefore(Instant time, int limit) {
        UnitOfWork.requireOutsideTransaction();
        return deleted(time::isAfter, limit);
    }

    @Override
    public List<Conversation> deletedAfter(Instant time, int limit) {
        UnitOfWork.requireOutsideTransaction();
        return deleted(time::isBefore, limit);
    }

    private List<Conversation> deleted(Predicate<Instant> when, int limit) {
        return all().map(ReferenceConversation::head).filter(head -> head.deletedAt().filter(when).isPresent())
                .sorted(Comparator.comparing(Conversation::id)).limit(limit).toList();
    }

    @Override
    public Subscription subscribe(Listener listener) {
        return storage.subscribe(listener);
    }

    @Override
    public Erased erase(OwnerId owner) {
        UnitOfWork.requireOutsideTransaction();
        storage.fence(owner);
        return Erasure.purge(owner, this, all().map(ReferenceConversation::head)
                .filter(head -> head.owner().equals(owner)).map(Conversation::id).toList());
    }

    @Override
    public Usage usage(OwnerId owner) {
        UnitOfWork.requireOutsideTransaction();
        return all().filter(state -> state.head().owner().equals(owner)).map(ReferenceConversation::usage)
                .reduce(Usage.NONE, Usage::plus);
    }

    @Override
    public Optional<SessionView> session(OwnerId owner, SessionId id, Instant now) {
        return sessions(owner, now).filter(view -> view.session().id().equals(id)).min(Comparator
                .comparing((SessionView view) -> view.session().createdAt())
                .thenComparing(view -> view.session().conversationId()));
    }

    @Override
    public Page<SessionView, SessionQuery.Key> sessions(OwnerId owner, SessionQuery query, Instant now) {
        return Paging.page(sessions(owner, now), view -> SessionQuery.keyOf(view.session()), query.after(),
                query.limit());
    }

    @Override
    public Optional<SessionView> current(OwnerId owner, Instant now) {
        return sessions(owner, now).max(Comparator.comparing((SessionView view) -> view.session().activatedAt())
                .thenComparing(view -> view.session().id()).thenComparing(view -> view.session().conversationId()));
    }

    @Override
    public Optional<Turn> turn(OwnerId owner, TurnId id, Instant now) {
        return live(owner, now).flatMap(state -> state.activity().find(id).stream())
                .min(Comparator.comparing(Turn::startedAt).thenComparing(Turn::conversationId));
    }

    @Override
    public Activity activity(ConversationId id, Instant now) {
        Activity all = existing(id, now).activity();
        return new Activity(all.sessions().stream().filter(session -> !session.isExpired(now)).toList(), all.turns());
    }

    @Override
    public List<ConversationId> expiredSessions(Instant now, int limit) {
        return due(state -> state.head().isExpired(now)
                || state.activity().sessions().stream().anyMatch(session -> session.isExpired(now)), limit);
    }

    @Override
    public List<ConversationId> expiredLeases(Instant now, int limit) {
        return due(state -> state.activity().openTurn().filter(turn -> turn.isLeaseOver(now)).isPresent(), limit);
    }

    private List<ConversationId> due(Predicate<ReferenceConversation> isDue, int limit) {
        UnitOfWork.requireOutsideTransaction();
        return all().filter(isDue).map(state -> state.head().id()).sorted().limit(limit).toList();
    }

    private Stream<SessionView> sessions(OwnerId owner, Instant now) {
        return live(owner, now).flatMap(state -> state.activity().sessions().stream()
                .filter(session -> !session.isExpired(now))
                .map(session -> new SessionView(session, state.activity().latestTurn(session.id()))));
    }

    private Stream<ReferenceConversation> live(OwnerId owner, Instant now) {
        UnitOfWork.requireOutsideTransaction();
        return all().filter(state -> state.head().owner().equals(owner) && !state.head().isDeleted()
                && !state.head().isExpired(now));
    }

    private ReferenceConversation existing(ConversationId id, Instant now) {
        return live(id, now).orElseThrow(() -> new ConversationNotFound(id));
    }

    private Optional<ReferenceConversation> live(ConversationId id, Instant now) {
        UnitOfWork.requireOutsideTransaction();
        return visible(id).filter(state -> !state.head().isDeleted() && !state.head().isExpired(now));
    }
}
