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

/** Checks all calls on one conversation against one order of its commits. */
final class OrderCheck {
    private final List<Operation> calls;
    private final List<Commit> order;
    private final StatesByVersion timeline = new StatesByVersion();
    private final List<Place> places = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    /** Certain commits that the order could not take in. */
    private final Set<Operation.Work> left = Collections.newSetFromMap(new IdentityHashMap<>());

    OrderCheck(List<Operation> calls, List<Commit> commits, List<Commit> order) {
        this.calls = calls;
        this.order = order;
        commits.stream().filter(Commit::certain).map(Commit::call).forEach(left::add);
    }

    List<Violation> check() {
        for (Commit commit : order) {
            if (!replay(commit)) {
                // What follows builds on something that cannot have happened.
                return violations;
            }
        }
        for (Operation call : calls) {
            switch (call) {
                case Operation.Read read -> check(read);
                case Operation.Work work when work.outcome() instanceof Operation.Released(var run, var thrown) ->
                    check(work, run, thrown);
                case Operation.Work work when work.outcome() instanceof Operation.Strange ->
                    accuse("S3", work, "returned what no run of its work had returned");
                case Operation.Work refusedOrUnknown -> {
                    // an unknown one that took effect is in the order
                }
            }
        }
        violations.addAll(RealTimeCheck.check(timeline, places));
        return violations;
    }

    private boolean replay(Commit commit) {
        var replay = Replay.of(timeline.at(commit.attempt().baseVersion()), commit.call(), commit.attempt());
        violations.addAll(replay.violations());
        if (replay.change().isEmpty() || !replay.violations().isEmpty()) {
            return false;
        }
        timeline.add(replay.change().get());
        left.remove(commit.call());
        if (!commit.certain()) {
            place(commit.call(), version(commit.attempt().baseVersion()),
                    Optional.of(commit.attempt().lastVersion()));
        }
        return true;
    }

    private void check(Operation.Work work, Execution run, Optional<Throwable> thrown) {
        if (!timeline.isState(run.baseVersion()) || left.contains(work)) {
            accuse("S3", work, "started from version " + run.baseVersion() + ", where no commit known left off");
            return;
        }
        boolean commits = thrown.isEmpty() && !run.events().isEmpty();
        if (!commits) {
            violations.addAll(Replay.of(timeline.at(run.baseVersion()), work, run).violations());
        }
        place(work, version(run.baseVersion()), commits ? Optional.of(run.lastVersion()) : Optional.empty());
        thrown.ifPresent(error -> checkError(work, run, error));
        if (commits && work.expected().filter(expected -> expected.value() != run.baseVersion()).isPresent()) {
            accuse("S7", work, "committed on version " + run.baseVersion() + " though it expected "
                    + work.expected().get());
        }
    }

    private void checkError(Operation.Work work, Execution run, Throwable error) {
        if (error instanceof VersionConflict conflict) {
            if (!versionsSeen(run).contains(conflict.current())) {
                accuse("S7", work, "was told a conflict with version " + conflict.current() + " at version "
                        + run.baseVersion());
            }
            if (work.expected().filter(conflict.current()::equals).isPresent()) {
                accuse("S7", work, "was told a conflict with the very version it expected, " + conflict.current());
            }
        }
        if (error instanceof MessageIdReused reused
                && timeline.at(run.baseVersion()).message(reused.messageId()).isEmpty()
                && run.events().isEmpty()) {
            accuse("S10", work, "was told that message id " + reused.messageId() + " is taken, but it is free");
        }
    }

    /** A precondition may be about the conversation or about a message that the work looked at. */
    private static Set<Version> versionsSeen(Execution run) {
        Set<Version> versions = new HashSet<>();
        run.base().ifPresent(head -> versions.add(head.version()));
        for (Execution.Step step : run.steps()) {
            switch (step) {
                case Execution.Found(var head) -> head.ifPresent(found -> versions.add(found.version()));
                case Execution.FoundLive(var head) -> head.ifPresent(found -> versions.add(found.version()));
                case Execution.FoundById(var id, var message) -> message.ifPresent(m -> versions.add(m.version()));
                case Execution.FoundAt(var position, var message) -> message.ifPresent(m -> versions.add(m.version()));
                case Execution.Recorded(var event) -> versions.add(event.version());
            }
        }
        return versions;
    }

    private void check(Operation.Read read) {
        switch (read.seen()) {
            case Operation.NotLive() -> place(read, version -> !timeline.at(version).isLive(), Optional.empty());
            case Operation.NoMessage(var id) -> place(read,
                    version -> timeline.at(version).isLive() && timeline.at(version).message(id).isEmpty(),
                    Optional.empty());
            case Operation.SeenHead seen -> checkAnswer(read, seen);
            case Operation.SeenWindow seen -> checkAnswer(read, seen);
            case Operation.SeenOne seen -> checkAnswer(read, seen);
            case Operation.SeenChanges seen -> checkAnswer(read, seen);
        }
    }

    private void checkAnswer(Operation.Read read, Operation.Seen seen) {
        long version = seen.head().orElseThrow().version().value();
        if (!timeline.isState(version)) {
            accuse("S5", read, "saw version " + version + ", where no commit known left off");
            return;
        }
        ReadCheck.wrong(timeline.at(version), seen).ifPresent(what -> accuse("S5", read, what));
        place(read, version(version), Optional.empty());
    }

    private static LongPredicate version(long version) {
        return other -> other == version;
    }

    private void place(Operation call, LongPredicate saw, Optional<Long> reached) {
        places.add(new Place(call, saw, reached));
    }

    private void accuse(String clause, Operation call, String what) {
        violations.add(new Violation(clause, call.conversation(), call + " " + what));
    }
}
