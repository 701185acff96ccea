package dev.confab.adapter.persistence.jpa;

import dev.confab.adapter.persistence.contract.harness.Faults;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.OwnerEraser;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.port.UsageReader;
import dev.confab.domain.port.WebhookStore;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A store on a database of its own, or one more on the same. */
final class JpaStoreUnderTest implements StoreUnderTest {
    private static final AtomicInteger OPENED = new AtomicInteger();
    /** Open stores that no test uses, by lock timeout. A test gets one of them, emptied: opening one takes much longer. */
    private static final ConcurrentHashMap<Duration, Queue<JpaStoreUnderTest>> UNUSED = new ConcurrentHashMap<>();

    private final Database database;
    private final boolean owner;
    private final Duration lockTimeout;
    /** Names this store's sessions in the database. */
    private String name = "";
    private FaultyDatabase faults;
    private JpaStore store;
    private boolean closed;

    private JpaStoreUnderTest(Database database, boolean owner, Duration lockTimeout) {
        this.database = database;
        this.owner = owner;
        this.lockTimeout = lockTimeout;
        openStore();
    }

    /** The same open store for another test. */
    private JpaStoreUnderTest(JpaStoreUnderTest unused) {
        this.database = unused.database;
        this.owner = true;
        this.lockTimeout = unused.lockTimeout;
        this.name = unused.name;
        this.faults = unused.faults;
        this.store = unused.store;
    }

    static JpaStoreUnderTest open(Duration lockTimeout) {
        JpaStoreUnderTest unused = unused(lockTimeout).poll();
        return unused == null
                ? new JpaStoreUnderTest(EmptyDatabases.make(), true, lockTimeout)
                : new JpaStoreUnderTest(unused);
    }

    private static Queue<JpaStoreUnderTest> unused(Duration lockTimeout) {
        return UNUSED.computeIfAbsent(lockTimeout, _ -> new ConcurrentLinkedQueue<>());
    }

    private void openStore() {
        name = "confab-" + OPENED.incrementAndGet();
        String url = database.url() + (database.url().contains("?") ? "&" : "?") + "ApplicationName=" + name;
        // Few connections: the suite opens some hundred stores, and the server a process for each connection.
        var settings = new JpaStoreSettings(url, database.username(), database.password(), 2, 2, lockTimeout,
                Duration.ofSeconds(5), 1_000, Duration.ofMillis(5), Duration.ofSeconds(1));
        var connections = Connections.open(settings);
        faults = new FaultyDatabase(connections.writes());
        store = new JpaStore(settings, WriteObserver.NONE, connections, faults.dataSource());
    }

    /** Changes the database beside the store. */
    void execute(String sql) {
        try (var connection = DriverManager.getConnection(database.url(), database.username(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public ConversationStore store() {
        return store;
    }

    @Override
    public ConversationReader reader() {
        return store.reader();
    }

    @Override
    public SessionReader sessions() {
        return store.sessions();
    }

    @Override
    public StoredConversations stored() {
        return store.stored();
    }

    @Override
    public ChangeFeed feed() {
        return store.feed();
    }

    @Override
    public OwnerEraser eraser() {
        return store;
    }

    @Override
    public UsageReader usages() {
        return store.usages();
    }

    @Override
    public ApiKeyStore keys(int limit) {
        return store.keys(limit);
    }

    @Override
    public WebhookStore webhooks(int limit) {
        return store.webhooks(limit);
    }

    @Override
    public ImportJobStore importJobs(int limit) {
        return store.importJobs(limit);
    }

    @Override
    public StoreUnderTest another() {
        return new JpaStoreUnderTest(database, false, lockTimeout);
    }

    @Override
    public void reopen() {
        store.close();
        openStore();
    }

    @Override
    public void crash() {
        faults.die();
        String sessions = " FROM pg_stat_activity WHERE application_name = '" + name + "'";
        // First all of them without waiting, for each wait takes at least 100 ms.
        TestPostgres.shared().admin("SELECT pg_terminate_backend(pid)" + sessions);
        // Then waits until they have ended: what they were committing is committed by then, or never will be.
        TestPostgres.shared().admin("SELECT pg_terminate_backend(pid, 30000)" + sessions);
        Thread.ofVirtual().start(store::close);
        openStore();
    }

    @Override
    public Optional<Faults> faults() {
        return Optional.of(faults);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (owner) {
                faults.disarm();
                EmptyDatabases.empty(database);
                unused(lockTimeout).add(this);
            } else {
                store.close();
            }
        }
    }
}
