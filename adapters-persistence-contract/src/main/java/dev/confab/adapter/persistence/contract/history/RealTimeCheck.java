package dev.confab.adapter.persistence.contract.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Checks that the order of versions is consistent with real time: a call invoked after another returned starts from a state no
 * older than the one that the other reached. One sweep over the calls.
 */
final class RealTimeCheck {
    /**
     * A call's place in the order of versions.
     *
     * @param saw whether a state is one that the call may have started from
     * @param reached the version after its commit; empty when it made none
     */
    record Place(Operation call, LongPredicate saw, Optional<Long> reached) {
    }

    private record Placed(Operation call, long version, boolean isCommit) {
        /** Of two that reached the same, the commit accuses better. */
        private static final Comparator<Placed> ORDER = Comparator.comparingLong(Placed::version)
                .thenComparing(Placed::isCommit);
    }

    private final StatesByVersion timeline;
    private final List<Violation> violations = new ArrayList<>();

    private RealTimeCheck(StatesByVersion timeline) {
        this.timeline = timeline;
    }

    static List<Violation> check(StatesByVersion timeline, List<Place> places) {
        var check = new RealTimeCheck(timeline);
        check.sweep(places);
        return check.violations;
    }

    private void sweep(List<Place> places) {
        List<Place> byInvoke = places.stream().sorted(Comparator.comparingLong(place -> place.call().invoked()))
                .toList();
        var running = new java.util.PriorityQueue<Placed>(Comparator.comparingLong(placed -> placed.call().returned()));
        if (byInvoke.isEmpty()) {
            return;
        }
        var latest = new Placed(byInvoke.getFirst().call(), 0, false);
        for (Place place : byInvoke) {
            while (!running.isEmpty() && running.peek().call().returned() < place.call().invoked()) {
                Placed returned = running.poll();
                latest = Placed.ORDER.compare(returned, latest) > 0 ? returned : latest;
            }
            running.add(place(place, latest));
        }
    }

    /** The oldest state it may have started from: the one that leaves later calls the most room. */
    private Placed place(Place place, Placed latest) {
        Optional<Long> saw = timeline.versions().tailSet(latest.version()).stream()
                .filter(version -> place.saw().test(version)).findFirst();
        if (saw.isEmpty()) {
            violations.add(new Violation(clause(latest, place), place.call().conversation(),
                    place.call() + " did not see version " + latest.version() + ", which " + latest.call()
                            + (latest.isCommit() ? " had committed" : " had seen") + " before"));
        }
        long version = place.reached().orElse(saw.orElse(latest.version()));
        return new Placed(place.call(), version, place.reached().isPresent());
    }

    private static String clause(Placed before, Place after) {
        boolean afterIsRead = after.call() instanceof Operation.Read;
        if (before.call() instanceof Operation.Read) {
            return "S5";
        }
        // A work that only looked was released before what it saw was committed: S3 says that too.
        return afterIsRead && before.isCommit() ? "S6" : "S3";
    }
}
