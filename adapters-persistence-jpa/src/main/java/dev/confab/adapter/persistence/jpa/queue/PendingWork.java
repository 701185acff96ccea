package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.domain.port.StorageException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A work that has run and waits for what becomes of it. */
final class PendingWork {
    /** Whether it recorded anything; if not, it waits for what it saw to be confirmed. */
    final boolean recorded;
    private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();

    /** What became of it. */
    sealed interface Verdict {
        /** All that it saw and recorded is committed. */
        record Committed() implements Verdict {
        }

        /** Nothing of it is recorded; it may run again. */
        record Rerun(Because why) implements Verdict {
        }

        /** @param error made by each caller anew, for its own stack */
        record Failed(Supplier<StorageException> error) implements Verdict {
        }
    }

    /** Why a work must run again. */
    enum Because {
        /** Another instance was faster. */
        RACE_LOST,
        /** A message id that was assumed absent is there: look ids up. */
        ID_TAKEN,
        /** One of several works made their commit fail: share none. */
        ONE_OF_MANY_FAILED,
        /** What it was built on was never committed, or nobody knows. */
        BUILT_ON_NOTHING
    }

    PendingWork(boolean recorded) {
        this.recorded = recorded;
    }

    void tell(Verdict is) {
        verdict.complete(is);
    }

    /**
     * Waits, uninterruptibly: the work is taken up. Not for ever, since every verdict comes from a committer, and all that one does
     * has a time limit: the wait for its thread, the connection, the statement and the socket.
     */
    Verdict await() {
        return verdict.join();
    }
}
