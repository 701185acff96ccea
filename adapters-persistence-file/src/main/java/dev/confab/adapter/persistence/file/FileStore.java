package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.backup.BackupReport;
import dev.confab.adapter.persistence.file.backup.DirectoryBackup;
import dev.confab.adapter.persistence.file.checkpoint.CheckpointThread;
import dev.confab.adapter.persistence.file.checkpoint.Checkpointer;
import dev.confab.adapter.persistence.file.disk.DirectoryLock;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.IoReason;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.Quarantine;
import dev.confab.adapter.persistence.file.disk.RealDisk;
import dev.confab.adapter.persistence.file.erasure.FileErasure;
import dev.confab.adapter.persistence.file.health.HealthMonitor;
import dev.confab.adapter.persistence.file.health.StoreHealth;
import dev.confab.adapter.persistence.file.importjob.FileImportJobStore;
import dev.confab.adapter.persistence.file.importjob.StoredImportJobs;
import dev.confab.adapter.persistence.file.journal.Journal;
import dev.confab.adapter.persistence.file.journal.JournalBacklog;
import dev.confab.adapter.persistence.file.journal.JournalWatch;
import dev.confab.adapter.persistence.file.journal.JournalWriter;
import dev.confab.adapter.persistence.file.journal.SegmentFiles;
import dev.confab.adapter.persistence.file.key.FileApiKeyStore;
import dev.confab.adapter.persistence.file.key.StoredApiKeys;
import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationTable;
import dev.confab.adapter.persistence.file.memory.OwnerFences;
import dev.confab.adapter.persistence.file.memory.StateIndexes;
import dev.confab.adapter.persistence.file.memory.TransactionBase;
import dev.confab.adapter.persistence.file.message.MessageReader;
import dev.confab.adapter.persistence.file.message.MessagesFileReader;
import dev.confab.adapter.persistence.file.message.MessagesFileWriter;
import dev.confab.adapter.persistence.file.recovery.Recovery;
import dev.confab.adapter.persistence.file.search.SearchIndex;
import dev.confab.adapter.persistence.file.webhook.FileWebhookStore;
import dev.confab.adapter.persistence.file.webhook.StoredWebhooks;
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
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.port.UsageReader;
import dev.confab.domain.port.WebhookStore;
import dev.confab.domain.work.Erasure;
import dev.confab.domain.work.UnitOfWork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores conversations in a directory of JSON files, for one process. The description of this package tells how. */
public final class FileStore implements ConversationStore, OwnerEraser, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileStore.class);
    private final FileStoreSettings settings;
    private final FileStoreObserver observer;
    private final DirectoryLock lock;
    private final HealthMonitor health = new HealthMonitor();
    private final ConversationTable table = new ConversationTable();
    private final InProcessFeed feed = new InProcessFeed();
    private final OwnerFences fences = new OwnerFences();
    private final Snapshots snapshots;
    private final MessageReader messages;
    private final SearchIndex index;
    private final FileConversationReads reads;
    private final FileSessionReads sessions;
    private final JournalBacklog backlog;
    private final Journal journal;
    private final DamagedConversations damaged;
    private final StoredApiKeys apiKeys;
    private final StoredWebhooks webhooks;
    private final StoredImportJobs importJobs;
    private final Checkpointer checkpointer;
    private final FileErasure erasure;
    private final CheckpointThread checkpoints;
    private final JournalWatch watch;
    private final DirectoryBackup backup;

    /** Opens a data directory, and creates it when it is missing; throws {@link FileStoreCannotOpen} when that fails. */
    public static FileStore open(FileStoreSettings settings, FileStoreObserver observer) {
        return open(settings, observer, new RealDisk());
    }

    static FileStore open(FileStoreSettings settings, FileStoreObserver observer, Disk disk) {
        return Opening.open(settings, disk, (layout, lock) -> {
            var store = new FileStore(settings, observer, disk, layout, lock);
            store.start();
            return store;
        });
    }

    /** Each part gets only parts that are complete, and the threads start when all are: see {@link #start}. */
    private FileStore(FileStoreSettings settings, FileStoreObserver observer, Disk disk, Layout layout,
            DirectoryLock lock)
            throws IOException {
        this.settings = settings;
        this.observer = observer;
        this.lock = lock;
        var files = new MessagesFileReader(disk, layout, settings.cacheBytes());
        this.messages = new MessageReader(files);
        this.index = new SearchIndex(() -> {
            // A removed data directory must not come back with nothing but an index in it.
            lock.check();
            return disk.searchDirectory(layout.index());
        }, table, messages, health);
        var quarantine = new Quarantine(disk, layout);
        var segments = new SegmentFiles(disk, layout, quarantine);
        var recovered = Recovery.run(disk, layout, table, files, segments, index.lastCommit(), settings.salvage(),
                health);
        this.apiKeys = new StoredApiKeys(disk, layout, lock, health, settings.lockTimeout());
        this.webhooks = new StoredWebhooks(disk, layout, lock, health, settings.lockTimeout());
        this.importJobs = new StoredImportJobs(disk, layout, lock, health, fences, settings.lockTimeout());
        var indexes = StateIndexes.of(table);
        this.snapshots = new Snapshots(table, lock);
        this.reads = new FileConversationReads(snapshots, indexes.heads(), indexes.filters(), messages,
                new FileSearchReads(snapshots, indexes.filters(), messages, index, settings.lockTimeout()));
        this.sessions = new FileSessionReads(snapshots, indexes.activities());
        this.backlog = new JournalBacklog(recovered.position().bytes(), recovered.dirty());
        health.onStop(backlog::wake);
        var checkpointDue = new CheckpointThread.Signal();
        var publisher = new CommitPublisher(indexes, index, backlog, settings.checkpointBytes(), checkpointDue, feed,
                observer);
        this.journal = new Journal(new JournalWriter(disk, layout, lock, recovered.position()), health, backlog,
                publisher, fences);
        this.damaged = new DamagedConversations(disk, layout, table, quarantine, journal);
        recovered.markFormat(disk, layout);
        this.checkpointer = new Checkpointer(disk, layout, lock, health, table,
                new MessagesFileWriter(disk, layout, files), journal, backlog, segments, () -> {
                    index.flush();
                    apiKeys.writeUses();
                    webhooks.writeCursors();
                }, observer::checkpointed);
        this.erasure = new FileErasure(owner -> Erasure.purge(owner, this, reads.ofOwner(owner))
                .plus(Erasure.purge(owner, this, damaged.of(owner))), fences, journal, checkpointer, index, health,
                settings.lockTimeout(), disk, layout);
        this.checkpoints = new CheckpointThread(checkpointer, health, backlog, settings.checkpointBytes(),
                settings.idleCheckpoint(), checkpointDue);
        this.watch = new JournalWatch(journal, health);
        this.backup = new DirectoryBackup(disk, layout, checkpointer);
    }

    private void start() {
        journal.start();
        index.start();
        checkpoints.start();
        watch.start();
    }

    public StoreHealth health() {
        List<ConversationId> damaged = table.damaged();
        long readable = table.all().stream().filter(entry -> entry.state().head().isPresent()).count();
        return new StoreHealth(health.failure(), health.fatal(), health.problems(), damaged,
                (int) readable + damaged.size(), backlog.bytes(), index.progress());
    }

    @Override
    public FencingToken token(OwnerId owner) {
        UnitOfWork.requireOutsideTransaction();
        return fences.token(owner);
    }

    @Override
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        try (WritePermit permit = acquire(id)) {
            ConversationEntry entry = permit.entry();
            Snapshots.refuseDamaged(entry);
            UnitOfWork.Outcome<R> outcome;
            try {
                outcome = UnitOfWork.run(id, new TransactionBase(id, entry.state(), messages), work);
            } catch (TransactionBase.Unreadable e) {
                throw snapshots.unreadable(entry, e.getCause());
            }
            outcome.change().ifPresent(change -> permit.commit(change,
                    messages.removedWeight(id, entry.state().messages(), change), journal, deadline()));
            return outcome.result();
        }
    }

    @Override
    public boolean removeDamaged(ConversationId id, OwnerId owner, Removal removal, Instant at) {
        try (WritePermit permit = acquire(id)) {
            return damaged.remove(permit, owner, removal, at, deadline());
        }
    }

    /** Waits for room in the journal, and for other writes to the conversation. */
    private WritePermit acquire(ConversationId id) {
        UnitOfWork.requireOutsideTransaction();
        long deadline = deadline();
        journal.awaitRoom(2 * settings.checkpointBytes(), deadline);
        long start = System.nanoTime();
        try {
            return new WritePermit(table, table.acquire(id, deadline));
        } finally {
            observer.lockWaited(System.nanoTime() - start);
        }
    }

    private long deadline() {
        return System.nanoTime() + settings.lockTimeout().toNanos();
    }

    public ConversationReader reader() {
        return reads;
    }

    public SessionReader sessions() {
        return sessions;
    }

    public UsageReader usages() {
        return new FileUsageReads(snapshots);
    }

    /** Everything that is stored, for moving it and for comparing it. */
    public StoredConversations stored() {
        return new FileStoredReads(snapshots, reads, damaged);
    }

    public ChangeFeed feed() {
        return feed;
    }

    public FileApiKeyStore keys() {
        return new FileApiKeyStore(apiKeys, ApiKeyStore.MAX_KEYS);
    }

    public WebhookStore webhooks() {
        return webhooks(WebhookStore.MAX_WEBHOOKS);
    }

    /** With another limit, for tests. */
    WebhookStore webhooks(int limit) {
        return new FileWebhookStore(webhooks, table, limit);
    }

    public ImportJobStore importJobs() {
        return importJobs(ImportJobStore.MAX_UNFINISHED);
    }

    /** With another limit, for tests. */
    ImportJobStore importJobs(int limit) {
        return new FileImportJobStore(importJobs, limit);
    }

    /**
     * Copies the directory into a new one, as of one moment, while everything goes on. Throws {@link IOException} with a sentence for the
     * user when that fails; the incomplete copy then does not open as a data directory.
     */
    public BackupReport backup(Path target) throws IOException {
        // So that the webhooks of the copy send little again.
        webhooks.writeCursors();
        return backup.copyTo(target);
    }

    @Override
    public Erased erase(OwnerId owner) {
        return erasure.erase(owner);
    }

    /** Makes a checkpoint and unlocks the directory. Running transactions end first; later ones get {@code StorageUnavailable}. */
    @Override
    public void close() {
        watch.close();
        checkpoints.close();
        if (health.failure().isEmpty()) {
            checkpointer.checkpointOrLog();
        }
        apiKeys.close();
        webhooks.close();
        importJobs.close();
        journal.close();
        recordEnd();
        index.close();
        lock.release();
    }

    private void recordEnd() {
        try {
            if (health.failure().isEmpty()) {
                journal.recordEnd();
            }
        } catch (IOException e) {
            LOG.warn("File store: the last commit could not be recorded; a loss of it would go unnoticed: {}",
                    IoReason.of(e));
        }
    }

    /** Makes a checkpoint now, whatever the journal holds. For tests. */
    void checkpoint() throws IOException {
        checkpointer.checkpoint();
    }

    /** Ends as if the process had been killed: nothing is completed, and the directory is unlocked. For tests. */
    void abandon() {
        watch.close();
        checkpoints.close();
        apiKeys.close();
        webhooks.abandon();
        importJobs.close();
        journal.close();
        index.abandon();
        lock.release();
    }
}
