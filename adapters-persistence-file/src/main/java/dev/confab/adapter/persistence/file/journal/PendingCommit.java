package dev.confab.adapter.persistence.file.journal;

import dev.confab.adapter.persistence.file.json.ConversationEventJson;
import dev.confab.adapter.persistence.file.json.SessionEventJson;
import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.OwnerFences;
import dev.confab.domain.ConfabException;
import dev.confab.domain.erasure.OwnerErased;
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
 * A commit on its way through the journal: queued, then taken by the journal's thread, then done. A caller whose time is up withdraws a
 * queued commit and abandons a taken one.
 */
public final class PendingCommit {
    private enum Stage {
        QUEUED, TAKEN, DONE, WITHDRAWN, ABANDONED
    }

    private final ConversationEntry entry;
    private final Change change;
    private final long removedWeight;
    private final Runnable releasePermit;
    private final byte[] json;
    private final Thread caller = Thread.currentThread();
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.QUEUED);
    private volatile @Nullable ConfabException failure;

    /**
     * By the holder of the write permit.
     *
     * @param removedWeight of the messages that the change removes or replaces
     * @param releasePermit runs if the caller has abandoned the commit when it is done
     */
    public PendingCommit(ConversationEntry entry, Change change, long removedWeight, Runnable releasePermit) {
        this.entry = entry;
        this.change = change;
        this.removedWeight = removedWeight;
        this.releasePermit = releasePermit;
        byte[] whole = StoredJson.bytes(out -> {
            out.writeStartObject();
            out.writeStringProperty("at", at(change).toString());
            out.writeStringProperty("conversation", change.id().toString());
            StoredJson.writeList(out, "events", change.events(), ConversationEventJson::write);
            if (!change.sessionEvents().isEmpty()) {
                StoredJson.writeList(out, "sessions", change.sessionEvents(), SessionEventJson::write);
            }
            out.writeEndObject();
        });
        this.json = Arrays.copyOfRange(whole, 1, whole.length);
    }

    private static Instant at(Change change) {
        return change.events().isEmpty() ? change.sessionEvents().getLast().at() : change.events().getLast().at();
    }

    public ConversationEntry entry() {
        return entry;
    }

    public Change change() {
        return change;
    }

    public long removedWeight() {
        return removedWeight;
    }

    /** The JSON of the commit without its opening brace: the journal writes its number first. */
    byte[] json() {
        return json;
    }

    /** By the journal's thread: takes the commit to write it; false when the caller has withdrawn it or an erasure refuses it. */
    boolean take(OwnerFences fences) {
        boolean taken = stage.compareAndSet(Stage.QUEUED, Stage.TAKEN);
        Optional<OwnerErased> refusal = taken ? fences.refusal(change) : Optional.empty();
        refusal.ifPresent(this::fail);
        return taken && refusal.isEmpty();
    }

    /** By the journal's thread: ends the commit, which is durable and published. */
    void complete() {
        boolean callerWaits = stage.compareAndSet(Stage.TAKEN, Stage.DONE)
                || stage.compareAndSet(Stage.QUEUED, Stage.DONE);
        LockSupport.unpark(caller);
        if (!callerWaits && stage.get() == Stage.ABANDONED) {
            releasePermit.run();
        }
    }

    /** By the journal's thread: ends the commit without success. A commit ends once. */
    void fail(ConfabException cause) {
        failure = cause;
        complete();
    }

    /**
     * Waits until the commit is done, or until the deadline. An interrupt does not end the wait; the interrupt flag is set again.
     *
     * @return false when the deadline passed after the journal had taken the commit: its outcome is unknown
     * @throws LockTimeout when the deadline passed before the journal took the commit
     * @throws StorageException when the commit failed
     * @throws OwnerErased when an erasure refused it
     */
    public boolean await(long deadlineNanos) {
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
        ConfabException failed = failure;
        if (failed != null) {
            throw failed;
        }
        return true;
    }
}
