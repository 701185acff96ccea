package dev.confab.adapter.persistence.file;

import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.work.Change;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One work's commit on its way through the journal: queued, then taken by the journal's thread, then done. A caller whose time is
 * up withdraws what is still queued, and abandons what is taken.
 */
final class Commit {
    private enum Stage {
        QUEUED, TAKEN, DONE, WITHDRAWN, ABANDONED
    }

    final Slot slot;
    final Change change;
    /** Everything of the commit's JSON but its number and the opening brace. */
    final byte[] json;
    private final Thread caller = Thread.currentThread();
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.QUEUED);
    private volatile @Nullable StorageException failure;

    Commit(Slot slot, Change change) {
        this.slot = slot;
        this.change = change;
        byte[] whole = Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringProperty("at", at(change).toString());
            json.writeStringProperty("conversation", change.id().toString());
            json.writeArrayPropertyStart("events");
            change.events().forEach(event -> EventJson.write(json, event));
            json.writeEndArray();
            if (!change.sessionEvents().isEmpty()) {
                json.writeArrayPropertyStart("sessions");
                change.sessionEvents().forEach(event -> SessionEventJson.write(json, event));
                json.writeEndArray();
            }
            json.writeEndObject();
        });
        this.json = Arrays.copyOfRange(whole, 1, whole.length);
    }

    private static Instant at(Change change) {
        return change.events().isEmpty() ? change.sessionEvents().getLast().at() : change.events().getLast().at();
    }

    /** By the journal's thread: false when the caller has withdrawn it. */
    boolean take() {
        return stage.compareAndSet(Stage.QUEUED, Stage.TAKEN);
    }

    /** By the journal's thread; true when the caller waits no longer, so that the turn is the journal's to end. */
    boolean done(Optional<StorageException> outcome) {
        failure = outcome.orElse(null);
        boolean told = stage.compareAndSet(Stage.TAKEN, Stage.DONE) || stage.compareAndSet(Stage.QUEUED, Stage.DONE);
        LockSupport.unpark(caller);
        return !told && stage.get() == Stage.ABANDONED;
    }

    /**
     * Waits, through interrupts, until it is done; an interrupt stays set.
     *
     * @return whether the turn is still the caller's to end
     * @throws StorageException when it is done and failed
     */
    boolean await(long deadlineNanos) {
        boolean interrupted = false;
        try {
            while (stage.get() == Stage.QUEUED || stage.get() == Stage.TAKEN) {
                long left = deadlineNanos - System.nanoTime();
                if (left <= 0 && stage.compareAndSet(Stage.QUEUED, Stage.WITHDRAWN)) {
                    throw new LockTimeout("the journal was busy for too long");
                }
                if (left <= 0 && stage.compareAndSet(Stage.TAKEN, Stage.ABANDONED)) {
                    return false;
                }
                LockSupport.parkNanos(this, left);
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        StorageException failed = failure;
        if (failed != null) {
            throw failed;
        }
        return true;
    }

    static CommitOutcomeUnknown unknown() {
        return new CommitOutcomeUnknown("the disk did not answer in time; the commit may still be made");
    }
}
