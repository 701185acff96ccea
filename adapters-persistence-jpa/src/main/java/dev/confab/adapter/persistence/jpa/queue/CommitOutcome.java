package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.adapter.persistence.jpa.commit.KnownRow;
import dev.confab.adapter.persistence.jpa.commit.RowCommit;
import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.domain.ConfabException;
import dev.confab.domain.erasure.OwnerErased;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageUnavailable;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** The outcome of a commit, for the batch and for each transaction function in it. */
sealed interface CommitOutcome {
    /** Everything that the functions saw and recorded is committed; the row is now {@code after}. */
    record Committed(KnownRow after) implements CommitOutcome {
    }

    /** Nothing is recorded; the function runs again. */
    record RunAgain(Reason reason) implements CommitOutcome {
    }

    /** Nothing is recorded. Each caller gets an exception of its own, with its own stack. */
    record Failed(Supplier<? extends ConfabException> error) implements CommitOutcome {
    }

    /** The connection failed during the commit: the change may be recorded, whole, or not at all. */
    record Unknown(Throwable cause) implements CommitOutcome {
        CommitOutcomeUnknown error() {
            return new CommitOutcomeUnknown("the connection failed during the commit", cause);
        }
    }

    /** Why a function runs again. */
    enum Reason {
        /** Another instance changed the conversation first. */
        RACE_LOST,
        /** A message id that was assumed absent is stored: the next run looks ids up. */
        ID_TAKEN,
        /** One of several functions may have made their commit fail: the next run shares its commit with no other. */
        SHARED_COMMIT_FAILED,
        /** A change that the function read was not committed, or may not have been. */
        BASE_NOT_COMMITTED
    }

    /** The outcome for a function in the batch. One that recorded nothing can run again whatever happened. */
    default CommitOutcome of(PendingWork work) {
        return switch (this) {
            case Unknown _ when !work.recorded() -> new RunAgain(Reason.BASE_NOT_COMMITTED);
            case Committed _,RunAgain _,Failed _,Unknown _ -> this;
        };
    }

    /** The outcome for the batches that were built on this batch, which was not committed. */
    default CommitOutcome ofLaterBatches() {
        return switch (this) {
            case RunAgain(Reason reason) when reason != Reason.SHARED_COMMIT_FAILED -> this;
            case RunAgain _,Failed _,Unknown _ -> new RunAgain(Reason.BASE_NOT_COMMITTED);
            case Committed _ ->
                throw new IllegalStateException("later batches of a committed batch are committed next");
        };
    }

    /** Runs the commit, of several functions if {@code shared}. Every failure becomes an outcome. */
    static CommitOutcome of(RowCommit commit, boolean shared) {
        try {
            return commit.run().<CommitOutcome>map(Committed::new).orElseGet(() -> new RunAgain(Reason.RACE_LOST));
        } catch (SQLException e) {
            if (commit.isUnknownAfter(e)) {
                return new Unknown(e);
            }
            Optional<OwnerErased> refusal = commit.refusal(e);
            if (refusal.isPresent() && !shared) {
                return new Failed(refusal::get);
            }
            if (SqlFailures.UNIQUE_VIOLATION.equals(e.getSQLState())) {
                return new RunAgain(Reason.ID_TAKEN);
            }
            return shared && SqlFailures.mayBeOneFunctions(e)
                    ? new RunAgain(Reason.SHARED_COMMIT_FAILED)
                    : new Failed(() -> SqlFailures.definite(e));
        } catch (RuntimeException | Error e) {
            LoggerFactory.getLogger(CommitOutcome.class)
                    .error("Commit failed with an unexpected error; each function runs again alone or gets a storage error",
                            e);
            if (commit.isSent()) {
                return new Unknown(e);
            }
            return shared
                    ? new RunAgain(Reason.SHARED_COMMIT_FAILED)
                    : new Failed(() -> new StorageUnavailable("the commit failed with an unexpected error", e));
        }
    }
}
