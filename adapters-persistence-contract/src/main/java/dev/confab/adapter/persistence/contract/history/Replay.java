package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationEvent.MessageAppended;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.TransactionTooLarge;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Repeats an execution on the state that it started from, and compares everything that its transaction returned. */
record Replay(Operation.Transact operation, List<Violation> violations) {

    /** @param change the change that the execution commits; empty when it recorded no events, or invalid ones */
    record Result(Optional<Change> change, List<Violation> violations) {
    }

    static Result of(StatesByVersion.State state, Operation.Transact operation, Execution execution) {
        var replay = new Replay(operation, new ArrayList<>());
        if (!execution.base().equals(state.head())) {
            replay.addViolation("S3", "started from " + execution.base() + ", but the state was " + state.head());
        }
        Optional<Change> change = UnitOfWork.run(operation.conversation(), state, transaction -> {
            execution.steps().forEach(step -> replay.repeat(transaction, step));
            return true;
        }).change();
        return new Result(change, replay.violations);
    }

    private void repeat(ConversationTransaction transaction, Execution.Step step) {
        switch (step) {
            case Execution.Found(var head) -> compare("S3", "find", transaction.find(), head);
            case Execution.FoundLive(var head) -> compare("S3", "conversation",
                    transaction.find().filter(found -> !found.isDeleted()), head);
            case Execution.FoundById(var id, var message) ->
                compare("S10", "message", transaction.message(id), message);
            case Execution.FoundAt(var position, var message) -> compare("S3", "messageAt",
                    transaction.messageAt(position), message);
            case Execution.Recorded(var event) -> record(transaction, event);
        }
    }

    private void compare(String clause, String method, Optional<?> stored, Optional<?> returned) {
        if (!stored.equals(returned)) {
            addViolation(clause, method + " returned " + returned + ", but stored was " + stored);
        }
    }

    private void record(ConversationTransaction transaction, ConversationEvent event) {
        if (event instanceof MessageAppended(_, _, var message) && transaction.message(message.id()).isPresent()) {
            addViolation("S10", "appended message id " + message.id() + " a second time");
            return;
        }
        try {
            transaction.record(event);
        } catch (IllegalArgumentException | TransactionTooLarge | ConversationNotFound refused) {
            addViolation("S3", "recorded an event that cannot follow: " + refused.getMessage());
        }
    }

    private void addViolation(String clause, String what) {
        violations.add(new Violation(clause, operation.conversation(), operation + ": " + what));
    }
}
