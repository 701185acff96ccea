package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.TransactionTooLarge;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs again what a work did, on the state it should have started from, and compares each thing it was told. */
final class Replay {
    private final Operation.Work call;
    private final List<Violation> violations = new ArrayList<>();

    /** @param change what the run commits; empty when it records nothing, or what cannot be */
    record Result(Optional<Change> change, List<Violation> violations) {
    }

    private Replay(Operation.Work call) {
        this.call = call;
    }

    static Result of(StatesByVersion.State state, Operation.Work call, Execution run) {
        var replay = new Replay(call);
        if (!run.base().equals(state.head())) {
            replay.accuse("S3", "started from " + run.base() + ", but the state was " + state.head());
        }
        Optional<Change> change = UnitOfWork.run(call.conversation(), state, transaction -> {
            run.steps().forEach(step -> replay.step(transaction, step));
            return true;
        }).change();
        return new Result(change, replay.violations);
    }

    private void step(ConversationTransaction transaction, Execution.Step step) {
        switch (step) {
            case Execution.Found(var head) -> expect("S3", "find", transaction.find(), head);
            case Execution.FoundLive(var head) -> expect("S3", "conversation",
                    transaction.find().filter(found -> !found.isDeleted()), head);
            case Execution.FoundById(var id, var message) -> expect("S10", "message", transaction.message(id), message);
            case Execution.FoundAt(var position, var message) -> expect("S3", "messageAt",
                    transaction.messageAt(position), message);
            case Execution.Recorded(var event) -> record(transaction, event);
        }
    }

    private void expect(String clause, String read, Optional<?> right, Optional<?> told) {
        if (!right.equals(told)) {
            accuse(clause, read + " gave " + told + ", but it was " + right);
        }
    }

    private void record(ConversationTransaction transaction, ConversationEvent event) {
        if (event instanceof ConversationEvent.MessageAppended(var id, var message)
                && transaction.message(message.id()).isPresent()) {
            accuse("S10", "appended message id " + message.id() + " a second time");
            return;
        }
        try {
            transaction.record(event);
        } catch (IllegalArgumentException | TransactionTooLarge | ConversationNotFound refused) {
            accuse("S3", "recorded what cannot follow: " + refused.getMessage());
        }
    }

    private void accuse(String clause, String what) {
        violations.add(new Violation(clause, call.conversation(), call + ": " + what));
    }
}
