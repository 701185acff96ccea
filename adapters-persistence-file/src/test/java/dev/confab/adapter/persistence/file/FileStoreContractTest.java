package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.contract.ConversationStoreContract;
import dev.confab.adapter.persistence.contract.harness.Faults;
import dev.confab.adapter.persistence.contract.harness.StoreFactory;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.file.key.FileApiKeyStore;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.port.UsageReader;
import dev.confab.domain.port.WebhookStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The contract on the machine's own disk. What needs the disk to fail runs on the simulated one. Some tests run at a time, because they wait for
 * the disk, and each has a directory of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
class FileStoreContractTest extends ConversationStoreContract {

    @Override
    protected StoreFactory factory() {
        return FileStoreUnderTest::new;
    }

    private static final class FileStoreUnderTest implements StoreUnderTest {
        private final FileStoreSettings settings;
        private FileStore store;
        private boolean closed;

        FileStoreUnderTest(Duration lockTimeout) {
            try {
                Path directory = Files.createTempDirectory("confab-contract");
                settings = new FileStoreSettings(directory, lockTimeout, 1 << 20, Duration.ofMillis(200), 8 << 20,
                        false);
                store = FileStore.open(settings, new FileStoreObserver() {
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public FileStore store() {
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
        public FileStore eraser() {
            return store;
        }

        @Override
        public UsageReader usages() {
            return store.usages();
        }

        @Override
        public ApiKeyStore keys(int limit) {
            return new FileApiKeyStore(store.keys().stored(), limit);
        }

        @Override
        public WebhookStore webhooks(int limit) {
            return store.webhooks(limit);
        }

        @Override
        public StoreUnderTest another() {
            reopen();
            return this;
        }

        @Override
        public void reopen() {
            store.close();
            open();
        }

        @Override
        public void crash() {
            store.abandon();
            open();
        }

        private void open() {
            store = FileStore.open(settings, new FileStoreObserver() {
            });
        }

        @Override
        public Optional<Faults> faults() {
            return Optional.empty();
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            store.close();
            try (var files = Files.walk(settings.directory())) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
