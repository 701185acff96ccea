package dev.confab.adapter.persistence.file;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnState;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Tells in which conversations to look for a session, a turn or what may be due, so that no request looks at all of them. It only names
 * places: a reader takes the conversation's state and answers from that.
 *
 * <p>Why that is right: one thread at a time changes it, commit by commit. What the state after a commit needs is entered before that
 * state is visible, and what only the state before needed is removed after. So everything visible has its entry at every moment, and
 * an entry too many finds nothing.
 */
final class ActivityIndex {
    private final ConcurrentHashMap<SessionId, Set<ConversationId>> bySession = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<TurnId, Set<ConversationId>> byTurn = new ConcurrentHashMap<>();
    private final Set<ConversationId> withSessions = ConcurrentHashMap.newKeySet();
    private final Set<ConversationId> expiring = ConcurrentHashMap.newKeySet();
    private final Set<ConversationId> running = ConcurrentHashMap.newKeySet();

    Set<ConversationId> of(SessionId id) {
        return bySession.getOrDefault(id, Set.of());
    }

    Set<ConversationId> of(TurnId id) {
        return byTurn.getOrDefault(id, Set.of());
    }

    Set<ConversationId> withSessions() {
        return Collections.unmodifiableSet(withSessions);
    }

    /** Those that have an end, or a session that has one. */
    Set<ConversationId> expiring() {
        return Collections.unmodifiableSet(expiring);
    }

    /** Those with a running turn. */
    Set<ConversationId> running() {
        return Collections.unmodifiableSet(running);
    }

    /** Before {@code after} becomes visible. */
    void enter(ConversationId id, State before, State after) {
        if (isSame(before, after)) {
            return;
        }
        after.activity().sessions().forEach(session -> add(bySession, session.id(), id));
        after.activity().turns().forEach(turn -> add(byTurn, turn.id(), id));
        add(withSessions, id, after, ActivityIndex::hasSessions);
        add(expiring, id, after, ActivityIndex::isExpiring);
        add(running, id, after, ActivityIndex::isRunning);
    }

    /** Once {@code after} is visible. */
    void leave(ConversationId id, State before, State after) {
        if (isSame(before, after)) {
            return;
        }
        before.activity().sessions().stream().map(Session::id)
                .filter(session -> after.activity().find(session).isEmpty())
                .forEach(session -> remove(bySession, session, id));
        before.activity().turns().stream().map(Turn::id).filter(turn -> after.activity().find(turn).isEmpty())
                .forEach(turn -> remove(byTurn, turn, id));
        remove(withSessions, id, after, ActivityIndex::hasSessions);
        remove(expiring, id, after, ActivityIndex::isExpiring);
        remove(running, id, after, ActivityIndex::isRunning);
    }

    /** As most commits leave it: they touch messages only. */
    private static boolean isSame(State before, State after) {
        return before.activity().equals(after.activity()) && isExpiring(before) == isExpiring(after);
    }

    private static boolean hasSessions(State state) {
        return !state.activity().sessions().isEmpty();
    }

    private static boolean isExpiring(State state) {
        return state.head().flatMap(head -> head.expiresAt()).isPresent()
                || state.activity().sessions().stream().anyMatch(session -> session.lifetime().expiry().isPresent());
    }

    private static boolean isRunning(State state) {
        return state.activity().openTurn().filter(turn -> turn.state() instanceof TurnState.Running).isPresent();
    }

    private static void add(Set<ConversationId> ids, ConversationId id, State after, Predicate<State> belongs) {
        if (belongs.test(after)) {
            ids.add(id);
        }
    }

    private static void remove(Set<ConversationId> ids, ConversationId id, State after, Predicate<State> belongs) {
        if (!belongs.test(after)) {
            ids.remove(id);
        }
    }

    /** The sets are immutable, so a reader walks over one that nobody changes. */
    private static <K> void add(ConcurrentHashMap<K, Set<ConversationId>> map, K key, ConversationId id) {
        map.compute(key, (same, present) -> {
            if (present == null) {
                return Set.of(id);
            }
            return present.contains(id) ? present : with(present, id);
        });
    }

    private static Set<ConversationId> with(Set<ConversationId> ids, ConversationId id) {
        var more = new HashSet<>(ids);
        more.add(id);
        return Set.copyOf(more);
    }

    private static <K> void remove(ConcurrentHashMap<K, Set<ConversationId>> map, K key, ConversationId id) {
        map.computeIfPresent(key, (same, present) -> {
            var fewer = new HashSet<>(present);
            fewer.remove(id);
            return fewer.isEmpty() ? null : Set.copyOf(fewer);
        });
    }
}
