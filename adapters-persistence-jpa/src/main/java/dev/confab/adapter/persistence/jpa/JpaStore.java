package dev.confab.adapter.persistence.jpa;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.confab.adapter.persistence.jpa.commit.StoredRows;
import dev.confab.adapter.persistence.jpa.database.DatabaseCannotServe;
import dev.confab.adapter.persistence.jpa.database.DurabilityCheck;
import dev.confab.adapter.persistence.jpa.database.Schema;
import dev.confab.adapter.persistence.jpa.database.Secret;
import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.adapter.persistence.jpa.erasure.OwnerFenceRows;
import dev.confab.adapter.persistence.jpa.feed.FeedCounters;
import dev.confab.adapter.persistence.jpa.feed.PostgresFeed;
import dev.confab.adapter.persistence.jpa.importjob.JpaImportJobStore;
import dev.confab.adapter.persistence.jpa.key.JpaApiKeyStore;
import dev.confab.adapter.persistence.jpa.queue.BatchCommitter;
import dev.confab.adapter.persistence.jpa.queue.DamagedRows;
import dev.confab.adapter.persistence.jpa.queue.TransactionRunner;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import dev.confab.adapter.persistence.jpa.queue.WriterThreads;
import dev.confab.adapter.persistence.jpa.read.JpaConversationReads;
import dev.confab.adapter.persistence.jpa.read.JpaSessionReads;
import dev.confab.adapter.persistence.jpa.read.JpaStoredReads;
import dev.confab.adapter.persistence.jpa.read.JpaUsageReads;
import dev.confab.adapter.persistence.jpa.row.HibernateMapping;
import dev.confab.adapter.persistence.jpa.search.TermsProgress;
import dev.confab.adapter.persistence.jpa.search.TermsUpgrade;
import dev.confab.adapter.persistence.jpa.webhook.JpaWebhookStore;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.Erased;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.OwnerEraser;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.UsageReader;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.port.WebhookStore;
import dev.confab.domain.work.Erasure;
import dev.confab.domain.work.UnitOfWork;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores conversations in a PostgreSQL database, which many instances may use at the same time. */
public final class JpaStore implements ConversationStore, OwnerEraser, AutoCloseable {
    /** How often an instance looks whether one of an earlier version has written search terms. */
    private static final Duration LOOK_FOR_OLD_TERMS = Duration.ofSeconds(10);

    private final String address;
    private final String secret;
    private final Connections connections;
    private final SessionFactory sessions;
    private final PostgresFeed feed;
    private final WriterThreads threads;
    private final TransactionRunner writes;
    private final TermsUpgrade terms;
    private final JpaConversationReads reads;
    private final JpaSessionReads sessionReads;

    /** Connects and migrates the schema. Throws {@link DatabaseCannotServe} when the database cannot be used. */
    public static JpaStore open(JpaStoreSettings settings, WriteObserver observer) {
        return open(settings, Duration.ZERO, observer);
    }

    /** The same, waiting at most {@code startTimeout} for a database that does not answer yet. */
    public static JpaStore open(JpaStoreSettings settings, Duration startTimeout, WriteObserver observer) {
        var unpooled = Connections.unpooled(settings);
        DurabilityCheck.await(unpooled, startTimeout);
        Schema.migrate(unpooled);
        try {
            return connect(settings, observer);
        } catch (PoolInitializationException | StorageUnavailable | PersistenceException e) {
            throw new DatabaseCannotServe("The database was reached, but the store could not start on it: "
                    + e.getMessage(), e);
        }
    }

    private static JpaStore connect(JpaStoreSettings settings, WriteObserver observer) {
        var connections = Connections.open(settings);
        try {
            return new JpaStore(settings, observer, connections, connections.writes());
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    /** @param writing the connections for writes; tests pass some that fail */
    JpaStore(JpaStoreSettings settings, WriteObserver observer, Connections connections, DataSource writing) {
        this.address = Connections.address(settings);
        this.secret = Secret.read(connections.reads());
        this.connections = connections;
        this.sessions = HibernateMapping.create(connections.reads());
        this.feed = PostgresFeed.open(Connections.ofFeed(settings), settings.notifyEvery(),
                settings.pollEvery());
        this.threads = new WriterThreads(writing, settings.writeConnections(), settings.lockTimeout());
        var committer = new BatchCommitter(threads, settings.rememberedHeads(), feed::committed, observer);
        this.writes = new TransactionRunner(threads, committer, new StoredRows(sessions), settings.lockTimeout(),
                System::nanoTime,
                observer);
        this.terms = new TermsUpgrade(threads, LOOK_FOR_OLD_TERMS);
        this.reads = new JpaConversationReads(sessions, () -> terms.progress().isPresent());
        this.sessionReads = new JpaSessionReads(sessions);
        terms.start();
    }

    @Override
    public FencingToken token(OwnerId owner) {
        UnitOfWork.requireOutsideTransaction();
        return new OwnerFenceRows(threads).token(owner);
    }

    @Override
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        return writes.transact(id, work);
    }

    @Override
    public boolean removeDamaged(ConversationId id, OwnerId owner, Removal removal, Instant at) {
        UnitOfWork.requireOutsideTransaction();
        return new DamagedRows(threads).remove(id, owner, removal, at);
    }

    public ConversationReader reader() {
        return reads;
    }

    public SessionReader sessions() {
        return sessionReads;
    }

    public UsageReader usages() {
        return new JpaUsageReads(connections.reads());
    }

    /** Everything that is stored, for moving it and for comparing it. */
    public StoredConversations stored() {
        return new JpaStoredReads(reads, sessionReads);
    }

    public ChangeFeed feed() {
        return feed;
    }

    public ApiKeyStore keys() {
        return keys(ApiKeyStore.MAX_KEYS);
    }

    /** With another limit, for tests. */
    ApiKeyStore keys(int limit) {
        return new JpaApiKeyStore(threads, connections.reads(), limit);
    }

    public WebhookStore webhooks() {
        return webhooks(WebhookStore.MAX_WEBHOOKS);
    }

    /** With another limit, for tests. */
    WebhookStore webhooks(int limit) {
        return new JpaWebhookStore(threads, connections.reads(), limit);
    }

    public ImportJobStore importJobs() {
        return importJobs(ImportJobStore.MAX_UNFINISHED);
    }

    /** With another limit, for tests. */
    ImportJobStore importJobs(int limit) {
        return new JpaImportJobStore(threads, connections.reads(), limit);
    }

    @Override
    public Erased erase(OwnerId owner) {
        UnitOfWork.requireOutsideTransaction();
        long last = new OwnerFenceRows(threads).raise(owner);
        return Erasure.erase(owner, this, limit -> reads.ofOwner(owner, last, limit));
    }

    /** The address of the database, {@code host:port/database}, without user and password. */
    public String address() {
        return address;
    }

    /** A random secret for signing cursors, the same in every instance over this database. */
    public String secret() {
        return secret;
    }

    /** The version that the server reports, asked over a connection for reads. Throws {@link StorageUnavailable}. */
    public String serverVersion() {
        try {
            return JdbcClient.create(connections.reads()).sql("SHOW server_version").query(String.class).single();
        } catch (DataAccessException e) {
            throw new StorageUnavailable("the database does not answer: " + SqlFailures.message(e), e);
        }
    }

    public PoolUse writePool() {
        return PoolUse.of(connections.writes());
    }

    public PoolUse readPool() {
        return PoolUse.of(connections.reads());
    }

    /** Present while search terms of an earlier version are rewritten, so that searches may miss something. */
    public Optional<TermsProgress> termsProgress() {
        return terms.progress();
    }

    public FeedCounters feedCounts() {
        return feed.counts();
    }

    /** Waits for running commits, then closes the connections. Later calls throw {@code StorageUnavailable}. */
    @Override
    public void close() {
        terms.close();
        threads.close();
        feed.close();
        sessions.close();
        connections.close();
    }
}
