package dev.confab.adapter.persistence.contract.history;

import dev.confab.adapter.persistence.contract.history.CommitOrder.Commit;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationEvent.ConversationPurged;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks a {@link History} for S3, S5, S6, S7 and S10.
 *
 * <p>In general, finding a serial order of concurrent operations takes exponential time. Here the store reveals the order: the events
 * of a commit contain the version that it starts from and the one that it ends at, so commits can follow each other in only one
 * way ({@link CommitOrder}). The rest takes O(n log n): replay the commits to obtain the states ({@link StatesByVersion}), compare
 * each operation with the state of the version that it names, and check in one pass that the order of versions agrees with real
 * time ({@link RealTimeCheck}).
 *
 * <p><b>Sound</b>: a store that fulfils the contract is never reported. It has a serial order; by S3 and the domain (each event adds
 * 1) this is the order of versions, every operation saw exactly the state of the version it names, and an operation that returned
 * before another was invoked comes before it. Each check requires one of these and nothing else. An operation of unknown outcome
 * must have taken effect only where something was observed that nothing else explains. A response that names no version (nothing
 * was found) is placed at the oldest possible state, which restricts later operations least.
 *
 * <p><b>Complete</b>, that is, every wrong history is reported, as far as it was recorded: if nothing is reported, then the
 * commits in order of version, with every other operation at the version it saw, are a serial order consistent with real time. Not
 * recorded, and so not checked: the result that a transaction function computes from what it saw, search hits, conversations
 * missing from a list, whether a response was right to end early or to say {@code reset}, states that no operation read, S7 where the
 * caller did not name the expected version, and executions whose result was dropped.
 *
 * <p>Versions start again after a purge, so a history with a purge is rejected ({@link IllegalArgumentException}).
 */
public final class HistoryChecker {
    private HistoryChecker() {
    }

    /** All violations; empty when a serial order explains everything. All recorded operations must have returned. */
    public static List<Violation> check(History history) {
        Map<ConversationId, List<Operation>> byConversation = history.operations().stream()
                .collect(Collectors.groupingBy(Operation::conversation));
        return byConversation.values().stream().flatMap(operations -> checkOne(operations).stream()).toList();
    }

    /** Throws {@link AssertionError} with the first violations, if there are any. */
    public static void verify(History history) {
        List<Violation> violations = check(history);
        if (!violations.isEmpty()) {
            throw new AssertionError(violations.size() + " violations:\n"
                    + violations.stream().limit(10).map(Violation::toString).collect(Collectors.joining("\n")));
        }
    }

    private static List<Violation> checkOne(List<Operation> operations) {
        List<Commit> commits = operations.stream().flatMap(HistoryChecker::commits).toList();
        if (commits.stream().flatMap(commit -> commit.execution().events().stream())
                .anyMatch(ConversationPurged.class::isInstance)) {
            throw new IllegalArgumentException("a history with a purge has no single order of versions");
        }
        List<Violation> twice = versionsAssignedTwice(commits);
        if (!twice.isEmpty()) {
            // After this the conversation has two histories, and operations on one would be reported because of the other.
            return twice;
        }
        List<Violation> fewest = List.of();
        for (List<Commit> order : new CommitOrder(operations, commits).all()) {
            List<Violation> violations = new OrderCheck(operations, commits, order).check();
            if (violations.isEmpty()) {
                return violations;
            }
            fewest = fewest.isEmpty() || violations.size() < fewest.size() ? violations : fewest;
        }
        return fewest;
    }

    private static Stream<Commit> commits(Operation operation) {
        return switch (operation) {
            case Operation.Read _ -> Stream.empty();
            case Operation.Transact transact -> switch (transact.outcome()) {
                case Operation.Completed(var execution, var thrown) when thrown.isEmpty() ->
                    commits(transact, List.of(execution), true);
                case Operation.OutcomeUnknown(var executions) -> commits(transact, executions, false);
                case Operation.Completed _,Operation.ForeignResult _,Operation.NotRecorded _ -> Stream.empty();
            };
        };
    }

    private static Stream<Commit> commits(Operation.Transact transact, List<Execution> executions, boolean certain) {
        return executions.stream().filter(execution -> !execution.events().isEmpty())
                .map(execution -> new Commit(transact, execution, certain));
    }

    private static List<Violation> versionsAssignedTwice(List<Commit> commits) {
        List<Violation> violations = new ArrayList<>();
        Map<Long, Commit> byVersion = new HashMap<>();
        commits.stream().filter(Commit::certain)
                .sorted(Comparator.comparingLong(commit -> commit.operation().invoked()))
                .forEach(commit -> {
                    Set<Commit> others = new HashSet<>();
                    for (ConversationEvent event : commit.execution().events()) {
                        Commit other = byVersion.putIfAbsent(event.version().value(), commit);
                        if (other != null && others.add(other)) {
                            violations.addAll(twice(commit.operation(), other.operation(), event.version()));
                        }
                    }
                });
        return violations;
    }

    private static List<Violation> twice(Operation.Transact one, Operation.Transact other, Version version) {
        List<Violation> violations = new ArrayList<>();
        violations.add(new Violation("S3", one.conversation(),
                "version " + version + " was assigned to " + other + " and to " + one));
        if (one.expected().isPresent() && one.expected().equals(other.expected())) {
            violations.add(new Violation("S7", one.conversation(), "both " + other + " and " + one
                    + " expected version " + one.expected().get() + " and committed"));
        }
        return violations;
    }
}
