package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.contract.harness.Faults;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A {@link FileStore} on a {@link SimulatedDisk}, with checkpoints so early that most tests meet one. */
final class SimulatedStoreUnderTest extends FileStoreUnderTest implements Faults {
    private static final AtomicLong SEEDS = new AtomicLong();

    private final FileStoreSettings settings;
    private volatile SimulatedDisk disk;

    SimulatedStoreUnderTest(Duration lockTimeout) {
        this(new FileStoreSettings(Path.of("/data"), lockTimeout, 256 << 10, Duration.ofMillis(20), 1 << 20, false),
                new SimulatedDisk(SEEDS.incrementAndGet()));
    }

    private SimulatedStoreUnderTest(FileStoreSettings settings, SimulatedDisk disk) {
        super(open(settings, disk));
        this.settings = settings;
        this.disk = disk;
    }

    private static FileStore open(FileStoreSettings settings, SimulatedDisk disk) {
        return FileStore.open(settings, new FileStoreObserver() {
        }, disk);
    }

    @Override
    FileStore open() {
        return open(settings, disk);
    }

    @Override
    void crashDisk() {
        disk = disk.crash(SEEDS.incrementAndGet());
    }

    @Override
    void deleteFiles() {
        // The simulated disk is in memory.
    }

    @Override
    public Optional<Faults> faults() {
        return Optional.of(this);
    }

    @Override
    public void failNextCommit(Failure failure) {
        switch (failure) {
            case REFUSED -> disk.failNextCommitWrite();
            case UNKNOWN -> disk.failNextCommitForce();
        }
    }
}
