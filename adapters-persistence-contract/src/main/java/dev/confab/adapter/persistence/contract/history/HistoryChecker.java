package dev.confab.adapter.persistence.contract.history;

import dev.confab.adapter.persistence.contract.history.CommitOrder.Commit;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks a {@link History} for S3, S5, S6, S7 and S10.
 *
 * <p>In general, to find a serial order of concurrent calls takes exponential time. Here the store gives the order away: the
 * version a commit starts from and the one it ends at are in its events, so commits can only follow each other in one way
 * ({@link CommitOrder}). What remains is linear but for a logarithm: replay the commits into the states they lead to
 * ({@link StatesByVersion}), compare each call with the state whose version it names, and see in one sweep that versions and real
 * time agree ({@link RealTimeCheck}).
 *
 * <p><b>Sound</b>: a store that keeps the contract is never accused. It has a serial order; by S3 and the domain (each event
 * adds 1) that order is the order of versions, every released outcome saw exactly the state of the version it names, and a
 * call that returned before another was invoked stands before it. Each check demands one of these and no more. An outcome that
 * is unknown is demanded to have happened only where something was seen that nothing else explains. An answer that names no
 * version (nothing found) is placed at the oldest state that allows it, which leaves most room to all later calls.
 *
 * <p><b>Complete</b>, that is finding every broken history, for what it is told: if nothing is found, then the commits in
 * order of version, with every other call put at the version it saw, are a serial order consistent with real time. Not told,
 * and so not checked: the result that a work computes from what it saw (it cannot differ, unless the work is not a function),
 * search hits, what is missing in a list, whether an answer ended early or said {@code reset} for good reason, states that
 * nobody read, S7 where the work did not say what it expects, and a work's runs that were not released.
 *
 * <p>A purge makes versions start anew, so a history with one is refused ({@link IllegalArgumentException}).
 */
public final class HistoryChecker {
    private HistoryChecker() {
    }

    /** All that is wrong; empty when a serial order explains everything. Operation it when all recorded calls have returned. */
    public static List<Violation> check(History history) {
        Map<ConversationId, List<Operation>> byConversation = history.calls().stream()
                .collect(Collectors.groupingBy(Operation::conversation));
        List<Violation> violations = new ArrayList<>();
        byConversation.forEach((id, calls) -> violations.addAll(checkOne(calls)));
        return violations;
    }

    /** Throws {@link AssertionError} with the first of all that is wrong. */
    public static void verify(History history) {
        List<Violation> violations = check(history);
        if (!violations.isEmpty()) {
            throw new AssertionError(violations.size() + " violations:\n"
                    + violations.stream().limit(10).map(Violation::toString).collect(Collectors.joining("\n")));
        }
    }

    private static List<Violation> checkOne(List<Operation> calls) {
        List<Commit> commits = commits(calls);
        List<Violation> twice = versionsGivenTwice(commits);
        if (!twice.isEmpty()) {
            // From here on there are two histories, and every call of the one would accuse the other.
            return twice;
        }
        List<Violation> least = List.of();
        for (List<Commit> order : new CommitOrder(calls, commits).all()) {
            List<Violation> violations = new OrderCheck(calls, commits, order).check();
            if (violations.isEmpty()) {
                return violations;
            }
            least = least.isEmpty() || violations.size() < least.size() ? violations : least;
        }
        return least;
    }

    private static List<Commit> commits(List<Operation> calls) {
        List<Commit> commits = new ArrayList<>();
        for (Operation call : calls) {
            switch (call) {
                case Operation.Work work when work.outcome() instanceof Operation.Released(var run, var thrown)
                        && thrown.isEmpty() && !run.events().isEmpty() ->
                    commits.add(new Commit(work, run, true));
                case Operation.Work work when work.outcome() instanceof Operation.Unknown(var runs) ->
                    runs.stream().filter(run -> !run.events().isEmpty())
                            .forEach(run -> commits.add(new Commit(work, run, false)));
                default -> {
                    // commits nothing
                }
            }
        }
        if (commits.stream().flatMap(commit -> commit.attempt().events().stream())
                .anyMatch(ConversationEvent.ConversationPurged.class::isInstance)) {
            throw new IllegalArgumentException("a history with a purge has no one order of versions");
        }
        return commits;
    }

    private static List<Violation> versionsGivenTwice(List<Commit> commits) {
        List<Violation> violations = new ArrayList<>();
        Map<Long, Commit> byVersion = new HashMap<>();
        commits.stream().filter(Commit::certain)
                .sorted(Comparator.comparingLong(commit -> commit.call().invoked()))
                .forEach(commit -> {
                    Set<Commit> others = new HashSet<>();
                    for (ConversationEvent event : commit.attempt().events()) {
                        Commit other = byVersion.putIfAbsent(event.version().value(), commit);
                        if (other != null && others.add(other)) {
                            violations.addAll(twice(commit, other, event.version()));
                        }
                    }
                });
        return violations;
    }

    private static List<Violation> twice(Commit one, Commit other, Version version) {
        List<Violation> violations = new ArrayList<>();
        ConversationId id = one.call().conversation();
        violations.add(new Violation("S3", id,
                "version " + version + " was given to " + other.call() + " and to " + one.call()));
        Optional<?> expected = one.call().expected();
        if (expected.isPresent() && expected.equals(other.call().expected())) {
            violations.add(new Violation("S7", id,
                    "both " + other.call() + " and " + one.call() + " expected version " + expected.get()
                            + " and committed"));
        }
        return violations;
    }
}
