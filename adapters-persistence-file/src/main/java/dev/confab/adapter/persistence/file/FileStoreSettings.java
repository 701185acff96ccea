package dev.confab.adapter.persistence.file;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of a file store.
 *
 * @param directory the data directory; created when it is missing
 * @param lockTimeout how long a transaction waits for its conversation, and then for its commit
 * @param checkpointBytes a checkpoint begins when the journal has grown by this much; writers wait when it has grown by twice as much
 * @param idleCheckpoint a checkpoint begins when nothing was committed for this long
 * @param cacheBytes the limit of heap for the cached indexes of messages files
 * @param salvage whether to open a directory with a damaged journal: unreadable bytes are copied to quarantine and skipped
 */
public record FileStoreSettings(Path directory, Duration lockTimeout, long checkpointBytes, Duration idleCheckpoint,
        long cacheBytes, boolean salvage) {

    /** The defaults for this directory. */
    public static FileStoreSettings of(Path directory) {
        return new FileStoreSettings(directory, Duration.ofSeconds(5), 32L << 20, Duration.ofSeconds(5), 64L << 20,
                false);
    }
}
