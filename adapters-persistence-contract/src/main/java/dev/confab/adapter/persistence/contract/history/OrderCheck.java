package dev.confab.adapter.persistence.contract.history;

import dev.confab.adapter.persistence.contract.history.CommitOrder.Commit;
import dev.confab.adapter.persistence.contract.history.RealTimeCheck.Place;
import dev.confab.domain.conversation.MessageIdReused;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.conversation.VersionConflict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/** Checks all operations on one conversation against one order of its commits. */
final class OrderCheck {
    private final List<Operation> operations;
    private final List<Commit> order;
    private final StatesByVersion states = new StatesByVersion();
    private final List<Place> places = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    /** The certain commits that are not part of the order. */
    private final Set<Operation.Transact> leftOut = Collections.newSetFromMap(new IdentityHashMap<>());

    OrderCheck(List<Operation> operations, List<Commit> commits, List<Commit> order) {
        this.operations = operations;
        this.order = order;
        commits.stream().filter(Commit::certain).map(Commit::operation).forEach(leftOut::add);
    }

    List<Violation> check() {
        for (Commit commit : order) {
            if (!replay(commit)) {
                // The commits that follow build on one that cannot have happened.
                return violations;
            }
        }
        for (Operation operation : operations) {
            switch (operation) {
                case Operation.Read read -> check(read);
                case Operation.Transact transact -> check(transact);
            }
        }
        violations.addAll(RealTimeCheck.check(states, places));
        return violations;
    }

    private boolean replay(Commit commit) {
        Execution execution = commit.execution();
        var replay = Replay.of(states.at(execution.baseVersion()), commit.operation(), execution);
        violations.addAll(replay.violations());
        if (replay.change().isEmpty() || !replay.violations().isEmpty()) {
            return false;
        }
        states.add(replay.change().get());
        leftOut.remove(commit.operation());
        if (!commit.certain()) {
            place(commit.operation(), version(execution.baseVersion()), Optional.of(execution.lastVersion()));
        }
        return true;
    }

    private void check(Operation.Transact transact) {
        switch (transact.outcome()) {
            case Operation.Completed(var execution, var thrown) -> check(transact, execution, thrown);
            case Operation.ForeignResult() ->
                addViolation("S3", transact, "returned a result that none of its executions had returned");
            case Operation.NotRecorded(),Operation.OutcomeUnknown(_) -> {
                // Those of an unknown outcome that took effect are part of the order and checked by replay.
            }
        }
    }

    private void check(Operation.Transact transact, Execution execution, Optional<Throwable> thrown) {
        long base = execution.baseVersion();
        if (!states.contains(base) || leftOut.contains(transact)) {
            addViolation("S3", transact, "started from version " + base + ", at which no known commit ended");
            return;
        }
        boolean commits = thrown.isEmpty() && !execution.events().isEmpty();
        if (!commits) {
            violations.addAll(Replay.of(states.at(base), transact, execution).violations());
        }
        place(transact, version(base), commits ? Optional.of(execution.lastVersion()) : Optional.empty());
        thrown.ifPresent(error -> checkError(transact, execution, error));
        transact.expected().filter(expected -> commits && expected.value() != base)
                .ifPresent(expected -> addViolation("S7", transact,
                        "committed on version " + base + " though it expected " + expected));
    }

    private void checkError(Operation.Transact transact, Execution execution, Throwable error) {
        long base = execution.baseVersion();
        if (error instanceof VersionConflict conflict) {
            if (!versionsSeen(execution).contains(conflict.current())) {
                addViolation("S7", transact,
                        "reported a conflict with version " + conflict.current() + " at version " + base);
            }
            if (transact.expected().filter(conflict.current()::equals).isPresent()) {
                addViolation("S7", transact,
                        "reported a conflict with the version that it expected, " + conflict.current());
            }
        }
        if (error instanceof MessageIdReused reused && execution.events().isEmpty()
                && states.at(base).message(reused.messageId()).isEmpty()) {
            addViolation("S10", transact,
                    "reported that message id " + reused.messageId() + " is taken, but it is free");
        }
    }

    /** An expected version may be that of the conversation or that of a message which the transaction function looked at. */
    private static Set<Version> versionsSeen(Execution execution) {
        Set<Version> versions = new HashSet<>();
        execution.base().ifPresent(head -> versions.add(head.version()));
        for (Execution.Step step : execution.steps()) {
            switch (step) {
                case Execution.Found(var head) -> head.ifPresent(found -> versions.add(found.version()));
                case Execution.FoundLive(var head) -> head.ifPresent(found -> versions.add(found.version()));
                case Execution.FoundById(_, var message) -> message.ifPresent(m -> versions.add(m.version()));
                case Execution.FoundAt(_, var message) -> message.ifPresent(m -> versions.add(m.version()));
                case Execution.Recorded(var event) -> versions.add(event.version());
            }
        }
        return versions;
    }

    private void check(Operation.Read read) {
        switch (read.response()) {
            case Operation.HeadResponse(var head) when head.isEmpty() ->
                place(read, version -> !states.at(version).isLive(), Optional.empty());
            case Operation.NoMessage(var id) -> place(read,
                    version -> states.at(version).isLive() && states.at(version).message(id).isEmpty(),
                    Optional.empty());
            case Operation.HeadResponse _,Operation.WindowResponse _,Operation.MessageResponse _,Operation.ChangesResponse _ ->
                check(read, read.response());
        }
    }

    private void check(Operation.Read read, Operation.Response response) {
        long version = response.head().orElseThrow().version().value();
        if (!states.contains(version)) {
            addViolation("S5", read, "returned version " + version + ", at which no known commit ended");
            return;
        }
        ReadCheck.findFault(states.at(version), response).ifPresent(fault -> addViolation("S5", read, fault));
        place(read, version(version), Optional.empty());
    }

    private static LongPredicate version(long version) {
        return other -> other == version;
    }

    private void place(Operation operation, LongPredicate mayHaveSeen, Optional<Long> reached) {
        places.add(new Place(operation, mayHaveSeen, reached));
    }

    private void addViolation(String clause, Operation operation, String what) {
        violations.add(new Violation(clause, operation.conversation(), operation + " " + what));
    }
}
