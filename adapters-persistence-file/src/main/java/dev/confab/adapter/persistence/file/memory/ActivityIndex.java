package dev.confab.adapter.persistence.file.memory;

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
 * In which conversations to look for a session, for a turn, or for what may be due, so that no request scans all conversations. A reader
 * then takes the state of each and answers from that.
 *
 * <p>Why that is right: one thread at a time changes it, commit by commit. It adds what the next state needs before that state becomes
 * visible, and removes what only the previous state needed afterwards. So everything visible can be found at every moment, and an entry
 * too many only leads to a conversation without a match.
 */
public final class ActivityIndex {
    private final ConcurrentHashMap<SessionId, Set<ConversationId>> bySession = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<TurnId, Set<ConversationId>> byTurn = new ConcurrentHashMap<>();
    private final Set<ConversationId> withSessions = ConcurrentHashMap.newKeySet();
    private final Set<ConversationId> expiring = ConcurrentHashMap.newKeySet();
    private final Set<ConversationId> running = ConcurrentHashMap.newKeySet();

    public Set<ConversationId> of(SessionId id) {
        return bySession.getOrDefault(id, Set.of());
    }

    public Set<ConversationId> of(TurnId id) {
        return byTurn.getOrDefault(id, Set.of());
    }

    public Set<ConversationId> withSessions() {
        return Collections.unmodifiableSet(withSessions);
    }

    /** Conversations with a time to live, and those with a session that has one. */
    public Set<ConversationId> expiring() {
        return Collections.unmodifiableSet(expiring);
    }

    /** Conversations with a running turn. */
    public Set<ConversationId> running() {
        return Collections.unmodifiableSet(running);
    }

    /** Adds what the state {@code after} needs; call it before that state becomes visible. */
    public void add(ConversationId id, ConversationState before, ConversationState after) {
        if (isSame(before, after)) {
            return;
        }
        after.activity().sessions().forEach(session -> add(bySession, session.id(), id));
        after.activity().turns().forEach(turn -> add(byTurn, turn.id(), id));
        add(withSessions, id, after, ActivityIndex::hasSessions);
        add(expiring, id, after, ActivityIndex::isExpiring);
        add(running, id, after, ActivityIndex::isRunning);
    }

    /** Removes what only the state {@code before} needed; call it once {@code after} is visible. */
    public void remove(ConversationId id, ConversationState before, ConversationState after) {
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

    /** Whether a commit changed nothing that is indexed: most commits change messages only. */
    private static boolean isSame(ConversationState before, ConversationState after) {
        return before.activity().equals(after.activity()) && isExpiring(before) == isExpiring(after);
    }

    private static boolean hasSessions(ConversationState state) {
        return !state.activity().sessions().isEmpty();
    }

    private static boolean isExpiring(ConversationState state) {
        return state.head().flatMap(head -> head.expiresAt()).isPresent()
                || state.activity().sessions().stream().anyMatch(session -> session.lifetime().expiry().isPresent());
    }

    private static boolean isRunning(ConversationState state) {
        return state.activity().openTurn().filter(turn -> switch (turn.state()) {
            case TurnState.Running _ -> true;
            case TurnState.AwaitingApproval _,TurnState.Completed _,TurnState.Cancelled _,TurnState.Failed _ -> false;
        }).isPresent();
    }

    private static void add(Set<ConversationId> ids, ConversationId id, ConversationState after,
            Predicate<ConversationState> belongs) {
        if (belongs.test(after)) {
            ids.add(id);
        }
    }

    private static void remove(Set<ConversationId> ids, ConversationId id, ConversationState after,
            Predicate<ConversationState> belongs) {
        if (!belongs.test(after)) {
            ids.remove(id);
        }
    }

    /** The sets are immutable, so a reader can iterate over one while the map changes. */
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
