package dev.confab.domain.work;

import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionEvent;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.SessionEvent.SessionEnded;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.SessionEvent.TurnStarted;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.TurnId;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The net change of the sessions and turns of a conversation: all of them after the change, and the ids of those that changed. A
 * session or turn that is no longer in {@link #after} has ended or is no longer stored.
 */
public record ActivityChange(Activity after, Ids<SessionId> sessions, Ids<TurnId> turns) {

    /**
     * The ids of those that started, changed or ended, and of those of them that come after all earlier ones: they started, or are turns
     * that wait no longer.
     */
    public record Ids<K>(Set<K> changed, Set<K> started) {
        public Ids {
            changed = Set.copyOf(changed);
            started = Set.copyOf(started);
        }

        private Ids<K> then(Ids<K> next) {
            return new Ids<>(union(changed, next.changed), union(started, next.started));
        }

        private Ids<K> thenChanged(K id) {
            return then(new Ids<>(Set.of(id), Set.of()));
        }

        private Ids<K> thenStarted(K id) {
            return then(new Ids<>(Set.of(id), Set.of(id)));
        }

        private static <K> Set<K> union(Set<K> ids, Set<K> more) {
            return Stream.concat(ids.stream(), more.stream()).collect(Collectors.toUnmodifiableSet());
        }
    }

    /** No change to this activity yet. */
    static ActivityChange none(Activity before) {
        return new ActivityChange(before, new Ids<>(Set.of(), Set.of()), new Ids<>(Set.of(), Set.of()));
    }

    /** This change followed by the event; throws {@link IllegalArgumentException} if the event cannot follow. */
    ActivityChange then(SessionEvent event) {
        Activity next = after.apply(event);
        return switch (event) {
            case SessionStarted e -> new ActivityChange(next, sessions.thenStarted(e.session().id()), turns);
            case SessionChanged e -> new ActivityChange(next, sessions.thenChanged(e.session().id()), turns);
            case SessionEnded e -> new ActivityChange(next, sessions.thenChanged(e.sessionId()), turns);
            case TurnStarted e -> new ActivityChange(next, sessions, turns.thenStarted(e.turn().id()));
            case TurnChanged e -> new ActivityChange(next, sessions, after.turn(e.turn().id()).isQueued()
                    ? turns.thenStarted(e.turn().id())
                    : turns.thenChanged(e.turn().id()));
        };
    }

    /** This change followed by the next one. */
    public ActivityChange then(ActivityChange next) {
        return new ActivityChange(next.after, sessions.then(next.sessions), turns.then(next.turns));
    }
}
