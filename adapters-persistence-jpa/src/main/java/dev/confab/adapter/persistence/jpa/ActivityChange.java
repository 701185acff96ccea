package dev.confab.adapter.persistence.jpa;

import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.SessionEvent.SessionEnded;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.SessionEvent.TurnStarted;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.work.Change;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What several works changed, one after another, of a conversation's sessions and turns: what they left of them, and which rows
 * are no longer as in the state below. Rows whose session or turn is left no more are to be deleted, whether it ended or was
 * forgotten. After a purge all that is left has begun here.
 */
final class ActivityChange {
    private Optional<Activity> activity = Optional.empty();
    private final Ids<SessionId> sessions = new Ids<>();
    private final Ids<TurnId> turns = new Ids<>();

    /** Ids of one kind: of what changed at all, and of that what began here. */
    private record Ids<K>(Set<K> changed, Set<K> begun) {
        Ids() {
            this(new HashSet<>(), new HashSet<>());
        }

        void begin(K id) {
            changed.add(id);
            begun.add(id);
        }
    }

    /**
     * A row to be written.
     *
     * @param index where it stands among all that are left
     * @param begun whether it began here, after all that stand before it; else its place is as it was
     */
    record Row<T>(T value, int index, boolean begun) {
    }

    void add(Change change) {
        change.sessionEvents().forEach(this::add);
        activity = change.activity().or(() -> activity);
    }

    private void add(SessionEvent event) {
        switch (event) {
            case SessionStarted e -> sessions.begin(e.session().id());
            case SessionChanged e -> sessions.changed.add(e.session().id());
            case SessionEnded e -> sessions.changed.add(e.sessionId());
            case TurnStarted e -> turns.begin(e.turn().id());
            case TurnChanged e -> turns.changed.add(e.turn().id());
        }
    }

    /** As the works left it; empty when none of them changed it. */
    Optional<Activity> activity() {
        return activity;
    }

    boolean hasSessions() {
        return !sessions.changed.isEmpty();
    }

    boolean hasTurns() {
        return !turns.changed.isEmpty();
    }

    List<SessionId> sessionsLeft() {
        return left().sessions().stream().map(Session::id).toList();
    }

    List<TurnId> turnsLeft() {
        return left().turns().stream().map(Turn::id).toList();
    }

    /** In the order in which they began. */
    List<Row<Session>> sessions() {
        return rows(left().sessions(), Session::id, sessions);
    }

    /** In the order in which they began, so that the one that is unfinished is written after those that ended. */
    List<Row<Turn>> turns() {
        return rows(left().turns(), Turn::id, turns);
    }

    private Activity left() {
        return activity.orElse(Activity.NONE);
    }

    private static <T, K> List<Row<T>> rows(List<T> all, Function<T, K> id, Ids<K> ids) {
        return IntStream.range(0, all.size()).filter(i -> ids.changed.contains(id.apply(all.get(i))))
                .mapToObj(i -> new Row<>(all.get(i), i, ids.begun.contains(id.apply(all.get(i))))).toList();
    }
}
