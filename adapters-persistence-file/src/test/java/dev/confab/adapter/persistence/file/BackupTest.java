package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.ApiKeySamples;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.file.disk.DirectoryRefused;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.ForwardingDisk;
import dev.confab.adapter.persistence.file.disk.RealDisk;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.query.StoredWindow;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of a directory that is in use is the store as of one moment. */
class BackupTest {
    private static final int CONVERSATIONS = 12;

    @TempDir
    Path directory;

    @Test
    void the_copy_is_the_store_of_one_moment_despite_writes_and_checkpoints_during_it() throws IOException {
        long seed = new Random().nextLong();
        for (int round = 0; round < 4; round++) {
            var random = new Random(seed + round);
            Path target = directory.resolve("copy " + round);
            var disk = new WatchedDisk();
            try (FileStore store = open(directory.resolve("data " + round), disk)) {
                List<ConversationId> ids = populate(store);
                store.keys().create(ApiKeySamples.apiKey(Samples.ALICE));
                if (random.nextBoolean()) {
                    store.checkpoint();
                }
                var expected = new AtomicReference<>(everything(store.stored()));
                var ended = new AtomicBoolean();
                disk.beforeEachFileBelow(target, file -> {
                    // The segments are copied last: what is written from then on is not in the copy.
                    ended.compareAndSet(false, file.getParent().endsWith("journal"));
                    for (int i = 0; i < random.nextInt(4); i++) {
                        interfere(store, ids, random);
                    }
                    if (random.nextInt(3) > 0) {
                        checkpoint(store);
                    }
                    if (!ended.get()) {
                        expected.set(everything(store.stored()));
                    }
                });
                assertThat(store.backup(target).files()).as("files but for the format")
                        .isEqualTo(filesBelow(target) - 1);

                expectCopy(target, expected.get(), "seed " + seed + ", round " + round);
                store.checkpoint();
                assertThat(files(directory.resolve("data " + round).resolve("journal"))).as("held segments are deleted")
                        .hasSize(1);
            }
        }
    }

    private static void expectCopy(Path target, Map<ConversationId, StoredWindow> expected, String what) {
        try (FileStore copy = open(target, new RealDisk())) {
            assertThat(copy.health().damaged()).as(what).isEmpty();
            assertThat(everything(copy.stored())).as(what).isEqualTo(expected);
            assertThat(copy.keys().list(Optional.empty(), Optional.empty(), 10)).as(what).hasSize(1);
        }
    }

    /** A change of one conversation, as a client may make it. */
    private static void interfere(FileStore store, List<ConversationId> ids, Random random) {
        ConversationId id = ids.get(random.nextInt(ids.size()));
        int kind = random.nextInt(8);
        if (kind == 0) {
            ids.add(begin(store, Samples.newConversationId()));
            return;
        }
        store.transact(id, tx -> {
            if (tx.find().isEmpty()) {
                tx.record(Samples.started(id));
            } else if (tx.find().get().isDeleted()) {
                tx.record(kind > 4
                        ? tx.find().get().purge(Samples.now())
                        : tx.find().get().restore(Samples.now())
                                .orElseThrow());
            } else {
                change(tx, kind);
            }
            return true;
        });
    }

    private static void change(ConversationTransaction tx, int kind) {
        Conversation head = tx.conversation();
        switch (kind) {
            case 1 -> tx.record(head.delete(Samples.now()).orElseThrow());
            case 2 -> head.clear(Samples.now()).ifPresent(tx::record);
            case 3 -> tx.messageAt(1).flatMap(first -> head.edit(first, first.text() + "!", Optional.empty(),
                    Metadata.EMPTY, Samples.now())).ifPresent(tx::record);
            case 4 -> {
                if (tx.activity().sessions().size() < 10) {
                    tx.record(new SessionStarted(SessionSamples.session(head.id()), Samples.now()));
                }
            }
            default -> tx.record(head.append(Samples.draft("more " + kind), Samples.now()));
        }
    }

    @Test
    void a_backup_has_all_commits_acknowledged_before_it_and_each_conversation_as_of_one_moment() throws Exception {
        try (FileStore store = open(directory.resolve("data"), new RealDisk())) {
            List<ConversationId> ids = populate(store);
            Map<ConversationId, Integer> acknowledged = new ConcurrentHashMap<>();
            var over = new AtomicBoolean();
            TestThreads.run(4, thread -> {
                if (thread == 0) {
                    try {
                        backups(store, ids, acknowledged);
                    } finally {
                        over.set(true);
                    }
                }
                for (int n = thread; thread > 0 && !over.get() && TestThreads.noneFailed(); n += 3) {
                    ConversationId id = ids.get(n % ids.size());
                    int position = store.transact(id, tx -> {
                        var appended = tx.conversation().append(Samples.draft("text"), Samples.now());
                        tx.record(appended);
                        return appended.message().position();
                    });
                    acknowledged.merge(id, position, Math::max);
                }
                return thread;
            });
        }
    }

    private void backups(FileStore store, List<ConversationId> ids, Map<ConversationId, Integer> acknowledged) {
        for (int i = 0; i < 4; i++) {
            Map<ConversationId, Integer> before = Map.copyOf(acknowledged);
            Path target = directory.resolve("copy " + i);
            try {
                store.backup(target);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            try (FileStore copy = open(target, new RealDisk())) {
                for (ConversationId id : ids) {
                    StoredWindow there = read(copy.stored(), id);
                    int count = there.window().conversation().messageCount();
                    assertThat(count).isGreaterThanOrEqualTo(before.getOrDefault(id, 0));
                    List<Message> now = read(store.stored(), id).window().messages();
                    assertThat(now.subList(0, Math.min(count, now.size())))
                            .isEqualTo(there.window().messages().subList(0, Math.min(count, now.size())));
                }
            }
        }
    }

    @Test
    void a_backup_that_fails_is_not_opened_and_the_store_goes_on() throws IOException {
        var disk = new WatchedDisk();
        Path data = directory.resolve("data");
        Path target = directory.resolve("copy");
        try (FileStore store = open(data, disk)) {
            List<ConversationId> ids = populate(store);
            store.checkpoint();
            var files = new int[1];
            disk.beforeEachFileBelow(target, _ -> {
                if (++files[0] == 8) {
                    throw new UncheckedIOException(new IOException("no space left on device"));
                }
            });
            assertThatThrownBy(() -> store.backup(target)).hasMessageContaining("no space left");
            disk.beforeEachFileBelow(target, _ -> {
            });

            assertThatThrownBy(() -> open(target, new RealDisk())).isInstanceOf(FileStoreCannotOpen.class)
                    .hasMessageContaining("backup that was interrupted");
            interfere(store, ids, new Random(1));
            store.checkpoint();
            assertThat(files(data.resolve("journal"))).hasSize(1);
        }
    }

    @Test
    void a_backup_needs_a_new_directory_outside_of_the_data() throws IOException {
        Path data = directory.resolve("data");
        Path full = Files.createDirectories(directory.resolve("full"));
        Files.writeString(full.resolve("letter.txt"), "mine");
        try (FileStore store = open(data, new RealDisk())) {
            for (Path target : List.of(full, data, data.resolve("inside"), directory)) {
                assertThatThrownBy(() -> store.backup(target)).as(target.toString())
                        .isInstanceOf(DirectoryRefused.class);
            }
            assertThat(files(full)).hasSize(1);
            store.backup(Files.createDirectories(directory.resolve("empty")));
        }
    }

    private static FileStore open(Path data, Disk disk) {
        // A small journal, so that checkpoints come while a backup runs.
        var settings = new FileStoreSettings(data, Duration.ofSeconds(30), 20_000, Duration.ofHours(1), 1 << 20,
                false);
        return FileStore.open(settings, new FileStoreObserver() {
        }, disk);
    }

    private static List<ConversationId> populate(FileStore store) {
        var ids = new ArrayList<ConversationId>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            ids.add(begin(store, Samples.newConversationId()));
        }
        return ids;
    }

    private static ConversationId begin(FileStore store, ConversationId id) {
        return store.transact(id, tx -> {
            tx.record(Samples.started(id));
            tx.record(tx.conversation().append(Samples.draft("first"), Samples.now()));
            return id;
        });
    }

    private static void checkpoint(FileStore store) {
        try {
            store.checkpoint();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<ConversationId, StoredWindow> everything(StoredConversations stored) {
        var all = new HashMap<ConversationId, StoredWindow>();
        stored.ids(Optional.empty(), Optional.empty(), 1_000).forEach(id -> all.put(id, read(stored, id)));
        return all;
    }

    private static StoredWindow read(StoredConversations stored, ConversationId id) {
        return stored.read(id, Window.first(Window.MAX_LIMIT)).orElseThrow();
    }

    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static long filesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    /** Calls a test before a file below a directory is opened for writing, but not while the test reacts. */
    private static final class WatchedDisk extends ForwardingDisk {
        private volatile Optional<Path> below = Optional.empty();
        private volatile Consumer<Path> action = _ -> {
        };

        WatchedDisk() {
            super(new RealDisk());
        }

        void beforeEachFileBelow(Path directory, Consumer<Path> reaction) {
            action = reaction;
            below = Optional.of(directory);
        }

        @Override
        public WritableFile open(Path file) throws IOException {
            if (below.filter(file::startsWith).isPresent()) {
                action.accept(file);
            }
            return super.open(file);
        }
    }
}
