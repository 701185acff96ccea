package dev.confab.adapter.persistence.contract.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.LongPredicate;

/**
 * Checks that the order of versions is consistent with real time: an operation that was invoked after another returned starts from
 * a state that is not older than the one the other reached. One pass over the operations is enough.
 */
record RealTimeCheck(StatesByVersion states, List<Violation> violations) {

    /**
     * The range of places that an operation may have in the order of versions.
     *
     * @param mayHaveSeen whether the operation may have started from the state of this version
     * @param reached the version after its commit; empty when it committed nothing
     */
    record Place(Operation operation, LongPredicate mayHaveSeen, Optional<Long> reached) {
    }

    /** An operation at its place. */
    private record Placed(Operation operation, long version, boolean isCommit) {
        /** Of two that reached the same version, the commit makes the clearer error message. */
        private static final Comparator<Placed> ORDER = Comparator.comparingLong(Placed::version)
                .thenComparing(Placed::isCommit);
    }

    static List<Violation> check(StatesByVersion states, List<Place> places) {
        var check = new RealTimeCheck(states, new ArrayList<>());
        check.run(places);
        return check.violations;
    }

    private void run(List<Place> places) {
        List<Place> byInvocation = places.stream()
                .sorted(Comparator.comparingLong(place -> place.operation().invoked())).toList();
        if (byInvocation.isEmpty()) {
            return;
        }
        var running = new PriorityQueue<Placed>(Comparator.comparingLong(placed -> placed.operation().returned()));
        var latest = new Placed(byInvocation.getFirst().operation(), 0, false);
        for (Place place : byInvocation) {
            while (!running.isEmpty() && running.peek().operation().returned() < place.operation().invoked()) {
                Placed returned = running.poll();
                latest = Placed.ORDER.compare(returned, latest) > 0 ? returned : latest;
            }
            running.add(place(place, latest));
        }
    }

    /** Places the operation at the oldest state that it may have started from, which restricts later operations least. */
    private Placed place(Place place, Placed latest) {
        Optional<Long> seen = states.versions().tailSet(latest.version()).stream()
                .filter(version -> place.mayHaveSeen().test(version)).findFirst();
        if (seen.isEmpty()) {
            violations.add(new Violation(clause(latest.operation(), latest.isCommit(), place.operation()),
                    place.operation().conversation(),
                    place.operation() + " did not see version " + latest.version() + ", which " + latest.operation()
                            + (latest.isCommit() ? " had committed" : " had seen") + " before"));
        }
        long version = place.reached().orElse(seen.orElse(latest.version()));
        return new Placed(place.operation(), version, place.reached().isPresent());
    }

    private static String clause(Operation before, boolean isCommit, Operation after) {
        return switch (before) {
            case Operation.Read _ -> "S5";
            case Operation.Transact _ -> switch (after) {
                // A transaction that only read returned before what it saw was committed: S3 forbids that too.
                case Operation.Read _ -> isCommit ? "S6" : "S3";
                case Operation.Transact _ -> "S3";
            };
        };
    }
}
