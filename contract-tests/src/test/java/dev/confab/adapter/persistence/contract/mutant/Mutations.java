package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageUnavailable;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Mistakes that mutants of API keys and of webhooks both make. */
final class Mutations {
    /** Long enough that other threads get between reading and writing. */
    private static final long PAUSE_NANOS = 200_000;

    private Mutations() {
    }

    /** Lets other threads in between reading and writing. */
    static void pause() {
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    /** Shows what is only in memory as if it were stored. */
    static <I, T> NavigableMap<I, T> withUnstored(Map<I, T> memory, NavigableMap<I, T> stored) {
        var all = new TreeMap<>(stored);
        all.putAll(memory);
        return all;
    }

    /** Returns what was found first, for ever. */
    static <I, T> Optional<T> cached(Map<I, T> cache, I id, Optional<T> found) {
        found.ifPresent(present -> cache.putIfAbsent(id, present));
        return Optional.ofNullable(cache.get(id));
    }

    /** Acknowledges the change with this result even when the storage refuses it. */
    static <R> R acknowledged(R result, Supplier<R> change) {
        try {
            return change.get();
        } catch (StorageUnavailable refused) {
            return result;
        }
    }

    /** Reports an unknown outcome as a change that is certainly not recorded. */
    static <R> R deniedWhenUnknown(Supplier<R> change) {
        try {
            return change.get();
        } catch (CommitOutcomeUnknown unknown) {
            throw new StorageUnavailable("it is certainly not there", unknown);
        }
    }
}
