package dev.confab.adapter.persistence.jpa;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.OwnerEraser;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.work.Erasure;
import jakarta.persistence.PersistenceException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;

/**
 * Conversations in a PostgreSQL database, for many instances: the five ports over {@link Writes}, {@link JpaReads},
 * {@link SessionReads} and {@link PostgresFeed}.
 */
public final class JpaStore implements ConversationStore, OwnerEraser, AutoCloseable {
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

    public ConversationReader reader() {
        return reads;
    }

    public SessionReader sessions() {
        return sessionReads;
    }

    public ChangeFeed feed() {
        return feed;
    }

    @Override
    public int erase(OwnerId owner) {
        return Erasure.erase(owner, this, limit -> reads.ofOwner(owner, limit));
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
