package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.StorageException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** A store whose calls a {@link History} records. */
public record RecordingStore(ConversationStore store, History history) implements ConversationStore {

    @Override
    public FencingToken token(OwnerId owner) {
        return store.token(owner);
    }

    @Override
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        return transact(id, Optional.empty(), work);
    }

    /**
     * As {@link #transact(ConversationId, Function)}, for a transaction function that checks this expected version; S7 is checked
     * against it. A function that finds its append repeated may return without looking at the version.
     */
    public <R> R transact(ConversationId id, Version expected, Function<ConversationTransaction, R> work) {
        return transact(id, Optional.of(expected), work);
    }

    private <R> R transact(ConversationId id, Optional<Version> expected, Function<ConversationTransaction, R> work) {
        var executions = new Executions<R>(work);
        long invoked = history.tick();
        try {
            Returned<R> returned = store.transact(id, executions::execute);
            add(id, invoked, history.tick(), expected, executions.include(returned)
                    ? new Operation.Completed(returned.execution(), Optional.empty())
                    : new Operation.ForeignResult());
            return returned.result();
        } catch (RuntimeException | Error thrown) {
            Operation.Outcome outcome = executions.outcomeOf(thrown);
            long returned = switch (outcome) {
                case Operation.OutcomeUnknown _ -> Operation.NEVER;
                case Operation.Completed _,Operation.ForeignResult _,Operation.NotRecorded _ -> history.tick();
            };
            add(id, invoked, returned, expected, outcome);
            throw thrown;
        }
    }

    private void add(ConversationId id, long invoked, long returned, Optional<Version> expected,
            Operation.Outcome outcome) {
        history.add(
                new Operation.Transact(id, Thread.currentThread().getName(), invoked, returned, expected, outcome));
    }

    /** The result and the observations of one execution. */
    private record Returned<R>(R result, Execution execution) {
    }

    /** The exception of one execution. */
    private record Thrown(Throwable throwable, Execution execution) {
    }

    /** All executions of the transaction function of one call. A store may run them in any thread. */
    private static final class Executions<R> {
        private final Function<ConversationTransaction, R> work;
        private final Queue<Returned<R>> returned = new ConcurrentLinkedQueue<>();
        private final Queue<Thrown> thrown = new ConcurrentLinkedQueue<>();

        Executions(Function<ConversationTransaction, R> work) {
            this.work = work;
        }

        Returned<R> execute(ConversationTransaction transaction) {
            var recording = new RecordingTransaction(transaction);
            try {
                var result = new Returned<>(work.apply(recording), recording.execution());
                returned.add(result);
                return result;
            } catch (RuntimeException | Error throwable) {
                thrown.add(new Thrown(throwable, recording.execution()));
                throw throwable;
            }
        }

        boolean include(Returned<R> result) {
            return returned.stream().anyMatch(own -> isSame(own, result));
        }

        /** After an error that neither the transaction function threw nor the port declares, anything may be recorded. */
        Operation.Outcome outcomeOf(Throwable throwable) {
            Optional<Thrown> own = thrown.stream().filter(each -> isSame(each.throwable(), throwable)).findAny();
            if (own.isPresent()) {
                return new Operation.Completed(own.get().execution(), Optional.of(throwable));
            }
            return throwable instanceof StorageException && !(throwable instanceof CommitOutcomeUnknown)
                    ? new Operation.NotRecorded()
                    : new Operation.OutcomeUnknown(returned.stream().map(Returned::execution).distinct().toList());
        }

        @SuppressWarnings("ReferenceEquality") // equal is not enough: the store must return this very object
        private static boolean isSame(Object one, Object other) {
            return one == other;
        }
    }
}
