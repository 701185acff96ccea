package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.StorageException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** A store whose calls a {@link History} keeps. */
public final class RecordingStore implements ConversationStore {
    private final ConversationStore store;
    private final History history;

    RecordingStore(ConversationStore store, History history) {
        this.store = store;
        this.history = history;
    }

    @Override
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        return transact(id, Optional.empty(), work);
    }

    /**
     * As {@link #transact(ConversationId, Function)}, of a work that itself demands this version: S7 is checked against it. A
     * work that finds its append repeated may return without looking at the version.
     */
    public <R> R transact(ConversationId id, Version expected, Function<ConversationTransaction, R> work) {
        return transact(id, Optional.of(expected), work);
    }

    private <R> R transact(ConversationId id, Optional<Version> expected, Function<ConversationTransaction, R> work) {
        var runs = new Runs<R>(work);
        long invoked = history.tick();
        try {
            Run<R> run = store.transact(id, runs::run);
            note(id, invoked, history.tick(), expected,
                    runs.returned(run)
                            ? new Operation.Released(run.attempt(), Optional.empty())
                            : new Operation.Strange());
            return run.result();
        } catch (Throwable thrown) {
            Operation.Outcome outcome = runs.outcomeOf(thrown);
            note(id, invoked, outcome instanceof Operation.Unknown ? Operation.NEVER : history.tick(), expected,
                    outcome);
            throw thrown;
        }
    }

    private void note(ConversationId id, long invoked, long returned, Optional<Version> expected,
            Operation.Outcome outcome) {
        history.add(
                new Operation.Work(id, Thread.currentThread().getName(), invoked, returned, expected, outcome));
    }

    /** What one run of a work returned; it comes out of the store together with what that run saw. */
    private record Run<R>(R result, Execution attempt) {
    }

    /** What one run of a work threw. */
    private record Failure(Throwable thrown, Execution attempt) {
    }

    /** All the runs of one call's work, which a store may make in any thread. */
    private static final class Runs<R> {
        private final Function<ConversationTransaction, R> work;
        private final Queue<Run<R>> returns = new ConcurrentLinkedQueue<>();
        private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();

        Runs(Function<ConversationTransaction, R> work) {
            this.work = work;
        }

        Run<R> run(ConversationTransaction transaction) {
            var recording = new RecordingTransaction(transaction);
            try {
                var run = new Run<>(work.apply(recording), recording.attempt());
                returns.add(run);
                return run;
            } catch (Throwable thrown) {
                failures.add(new Failure(thrown, recording.attempt()));
                throw thrown;
            }
        }

        boolean returned(Run<R> run) {
            return returns.stream().anyMatch(one -> isSame(one, run));
        }

        /** An error that is neither the work's nor one the port names tells nothing about what is recorded. */
        Operation.Outcome outcomeOf(Throwable thrown) {
            Optional<Failure> own = failures.stream().filter(failure -> isSame(failure.thrown(), thrown)).findAny();
            if (own.isPresent()) {
                return new Operation.Released(own.get().attempt(), Optional.of(thrown));
            }
            return thrown instanceof StorageException && !(thrown instanceof CommitOutcomeUnknown)
                    ? new Operation.Refused()
                    : new Operation.Unknown(attempts());
        }

        private List<Execution> attempts() {
            return returns.stream().map(Run::attempt).distinct().toList();
        }

        @SuppressWarnings("ReferenceEquality") // equal is not enough: the store must hand out this very one
        private static boolean isSame(Object one, Object other) {
            return one == other;
        }
    }
}
