package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.contract.ConversationStoreContract;
import dev.confab.adapter.persistence.contract.harness.Faults;
import dev.confab.adapter.persistence.contract.harness.StoreFactory;
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
        return lockTimeout -> new OnRealDisk(settings(lockTimeout));
    }

    private static FileStoreSettings settings(Duration lockTimeout) {
        try {
            Path directory = Files.createTempDirectory("confab-contract");
            return new FileStoreSettings(directory, lockTimeout, 1 << 20, Duration.ofMillis(200), 8 << 20, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class OnRealDisk extends FileStoreUnderTest {
        private final FileStoreSettings settings;

        OnRealDisk(FileStoreSettings settings) {
            super(open(settings));
            this.settings = settings;
        }

        private static FileStore open(FileStoreSettings settings) {
            return FileStore.open(settings, new FileStoreObserver() {
            });
        }

        @Override
        FileStore open() {
            return open(settings);
        }

        @Override
        void crashDisk() {
            // The process dies, and the machine does not: what was written is there.
        }

        @Override
        public Optional<Faults> faults() {
            return Optional.empty();
        }

        @Override
        void deleteFiles() {
            try (var files = Files.walk(settings.directory())) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
