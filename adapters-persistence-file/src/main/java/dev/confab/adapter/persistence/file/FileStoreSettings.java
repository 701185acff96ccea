package dev.confab.adapter.persistence.file;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a file store runs.
 *
 * @param directory made when missing
 * @param lockTimeout how long a work waits for its conversation, and then for its commit
 * @param checkpointBytes a checkpoint is made when the journal has grown by this much; at twice that writers wait
 * @param idleCheckpoint a checkpoint is made when nothing was committed for this long
 * @param cacheBytes the most that the indexes of messages may take of the heap
 * @param salvage whether to open a journal that is damaged in the middle, keeping a copy and losing what cannot be read
 */
public record FileStoreSettings(Path directory, Duration lockTimeout, long checkpointBytes, Duration idleCheckpoint,
        long cacheBytes, boolean salvage) {

    public static FileStoreSettings of(Path directory) {
        return new FileStoreSettings(directory, Duration.ofSeconds(5), 32L << 20, Duration.ofSeconds(5), 64L << 20,
                false);
    }
}
