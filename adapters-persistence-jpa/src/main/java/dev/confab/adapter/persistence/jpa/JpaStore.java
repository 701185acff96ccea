package dev.confab.adapter.persistence.jpa;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.OwnerEraser;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.query.Changes;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.work.Erasure;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;

/**
 * Conversations in a PostgreSQL database, for many instances: the five ports over {@link Writes}, {@link JpaReads},
 * {@link SessionReads} and {@link PostgresFeed}.
 */
public final class JpaStore
        implements
            ConversationStore,
            ConversationReader,
            SessionReader,
            ChangeFeed,
            OwnerEraser,
            AutoCloseable {
    private static final int ERASE_PAGE = 100;

    private final String address;
    private final String secret;
    private final Connections connections;
    private final SessionFactory sessions;
    private final PostgresFeed feed;
    private final Committers committers;
    private final Writes writes;
    private final JpaReads reads;
    private final SessionReads sessionReads;

    /** Connects and brings the schema up to date; {@link DatabaseCannotServe} when the database cannot be used. */
    public static JpaStore open(JpaStoreSettings settings, JpaStoreObserver observer) {
        var unpooled = Connections.unpooled(settings);
        DurabilityCheck.check(unpooled);
        Schema.migrate(unpooled);
        try {
            return connect(settings, observer);
        } catch (PoolInitializationException | StorageUnavailable | PersistenceException e) {
            throw new DatabaseCannotServe("The database was reached, and then could not be served from: "
                    + e.getMessage(), e);
        }
    }

    private static JpaStore connect(JpaStoreSettings settings, JpaStoreObserver observer) {
        var connections = Connections.open(settings);
        try {
            return new JpaStore(settings, observer, connections, connections.writes());
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    /** @param writing the connections for writes, perhaps made to fail */
    JpaStore(JpaStoreSettings settings, JpaStoreObserver observer, Connections connections, DataSource writing) {
        this.address = Connections.address(settings);
        this.secret = Secret.read(connections.reads());
        this.connections = connections;
        this.sessions = EntityManagers.create(connections.reads());
        this.feed = PostgresFeed.open(settings);
        this.committers = new Committers(writing, settings.writeConnections(), settings.lockTimeout());
        var commits = new Commits(committers, settings.rememberedHeads(), feed::committed, observer);
        this.writes = new Writes(committers, commits, new StoredRows(sessions), settings.lockTimeout(), observer);
        this.reads = new JpaReads(sessions);
        this.sessionReads = new SessionReads(sessions);
    }

    @Override
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        return writes.transact(id, work);
    }

    @Override
    public Subscription subscribe(Listener listener) {
        return feed.subscribe(listener);
    }

    @Override
    public Optional<Conversation> find(ConversationId id) {
        return reads.find(id);
    }

    @Override
    public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query) {
        return reads.list(owner, query);
    }

    @Override
    public ConversationWindow read(ConversationId id, Window window) {
        return reads.read(id, window);
    }

    @Override
    public ConversationWindow read(ConversationId id, MessageId message) {
        return reads.read(id, message);
    }

    @Override
    public Changes changesSince(ConversationId id, long version) {
        return reads.changesSince(id, version);
    }

    @Override
    public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query) {
        return reads.search(owner, query);
    }

    @Override
    public List<Conversation> deletedBefore(Instant time, int limit) {
        return reads.deletedBefore(time, limit);
    }

    @Override
    public Optional<SessionView> session(OwnerId owner, SessionId id, Instant now) {
        return sessionReads.session(owner, id, now);
    }

    @Override
    public Page<SessionView, SessionQuery.Key> sessions(OwnerId owner, SessionQuery query, Instant now) {
        return sessionReads.sessions(owner, query, now);
    }

    @Override
    public Optional<SessionView> current(OwnerId owner, Instant now) {
        return sessionReads.current(owner, now);
    }

    @Override
    public Optional<Turn> turn(OwnerId owner, TurnId id, Instant now) {
        return sessionReads.turn(owner, id, now);
    }

    @Override
    public Activity activity(ConversationId id, Instant now) {
        return sessionReads.activity(id, now);
    }

    @Override
    public List<ConversationId> expiredSessions(Instant now, int limit) {
        return sessionReads.expiredSessions(now, limit);
    }

    @Override
    public List<ConversationId> expiredLeases(Instant now, int limit) {
        return sessionReads.expiredLeases(now, limit);
    }

    @Override
    public int erase(OwnerId owner) {
        int erased = 0;
        List<ConversationId> page = reads.ofOwner(owner, ERASE_PAGE);
        while (!page.isEmpty()) {
            erased += Erasure.purge(owner, this, page);
            page = reads.ofOwner(owner, ERASE_PAGE);
        }
        return erased;
    }

    /** Where the database is, {@code host:port/database}; never with a user or a password. */
    public String address() {
        return address;
    }

    /** Random, the same in every instance over this database and for as long as that lives; for signing what clients hand back. */
    public String secret() {
        return secret;
    }

    /** Asks the database; waits no longer than a read would. */
    public Health health() {
        return Health.of(connections);
    }

    public PoolUse writePool() {
        return PoolUse.of(connections.writes());
    }

    public PoolUse readPool() {
        return PoolUse.of(connections.reads());
    }

    public FeedTotals feedTotals() {
        return FeedTotals.of(feed.counts());
    }

    /** Ends what is under way and lets the connections go; later calls get {@code StorageUnavailable}. */
    @Override
    public void close() {
        committers.close();
        feed.close();
        sessions.close();
        connections.close();
    }
}
