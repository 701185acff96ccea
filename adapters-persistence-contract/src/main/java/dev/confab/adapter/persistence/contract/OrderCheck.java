package dev.confab.adapter.persistence.contract;

import dev.confab.adapter.persistence.contract.CommitOrder.Commit;
import dev.confab.adapter.persistence.contract.RealTime.Place;
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
    private final List<Call> calls;
    private final List<Commit> order;
    private final Timeline timeline = new Timeline();
    private final List<Place> places = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    /** Certain commits that the order could not take in. */
    private final Set<Call.Work> left = Collections.newSetFromMap(new IdentityHashMap<>());

    OrderCheck(List<Call> calls, List<Commit> commits, List<Commit> order) {
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
        for (Call call : calls) {
            switch (call) {
                case Call.Read read -> check(read);
                case Call.Work work when work.outcome() instanceof Call.Released(var run, var thrown) ->
                    check(work, run, thrown);
                case Call.Work work when work.outcome() instanceof Call.Strange ->
                    accuse("S3", work, "returned what no run of its work had returned");
                case Call.Work refusedOrUnknown -> {
                    // an unknown one that took effect is in the order
                }
            }
        }
        violations.addAll(RealTime.check(timeline, places));
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

    private void check(Call.Work work, Attempt run, Optional<Throwable> thrown) {
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

    private void checkError(Call.Work work, Attempt run, Throwable error) {
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
    private static Set<Version> versionsSeen(Attempt run) {
        Set<Version> versions = new HashSet<>();
        run.base().ifPresent(head -> versions.add(head.version()));
        for (Attempt.Step step : run.steps()) {
            switch (step) {
                case Attempt.Found(var head) -> head.ifPresent(found -> versions.add(found.version()));
                case Attempt.FoundLive(var head) -> head.ifPresent(found -> versions.add(found.version()));
                case Attempt.FoundById(var id, var message) -> message.ifPresent(m -> versions.add(m.version()));
                case Attempt.FoundAt(var position, var message) -> message.ifPresent(m -> versions.add(m.version()));
                case Attempt.Recorded(var event) -> versions.add(event.version());
            }
        }
        return versions;
    }

    private void check(Call.Read read) {
        switch (read.seen()) {
            case Call.NotLive() -> place(read, version -> !timeline.at(version).isLive(), Optional.empty());
            case Call.NoMessage(var id) -> place(read,
                    version -> timeline.at(version).isLive() && timeline.at(version).message(id).isEmpty(),
                    Optional.empty());
            case Call.SeenHead seen -> checkAnswer(read, seen);
            case Call.SeenWindow seen -> checkAnswer(read, seen);
            case Call.SeenOne seen -> checkAnswer(read, seen);
            case Call.SeenChanges seen -> checkAnswer(read, seen);
        }
    }

    private void checkAnswer(Call.Read read, Call.Seen seen) {
        long version = seen.head().orElseThrow().version().value();
        if (!timeline.isState(version)) {
            accuse("S5", read, "saw version " + version + ", where no commit known left off");
            return;
        }
        Answers.wrong(timeline.at(version), seen).ifPresent(what -> accuse("S5", read, what));
        place(read, version(version), Optional.empty());
    }

    private static LongPredicate version(long version) {
        return other -> other == version;
    }

    private void place(Call call, LongPredicate saw, Optional<Long> reached) {
        places.add(new Place(call, saw, reached));
    }

    private void accuse(String clause, Call call, String what) {
        violations.add(new Violation(clause, call.conversation(), call + " " + what));
    }
}
