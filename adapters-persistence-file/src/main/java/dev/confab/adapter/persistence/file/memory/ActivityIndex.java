package dev.confab.adapter.persistence.file.memory;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnState;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the conversations in which a session, a turn or something due may be, so that no request scans all conversations. A reader
 * then takes the state of each of them and answers from that.
 *
 * <p>Why this is correct: one thread at a time changes it, commit by commit. That thread adds the entries of the next state before the
 * state becomes visible, and afterwards removes those that only the previous state needed. So everything visible can be found at every
 * moment, and a superfluous entry only costs a look at a conversation that does not match.
 */
public final class ActivityIndex {
    /** Keys of conversations beside the ids of their sessions and turns. */
    private enum Group {
        WITH_SESSIONS, EXPIRING, RUNNING
    }

    /** Conversations by {@link SessionId}, {@link TurnId} or {@link Group}. */
    private final ConcurrentHashMap<Object, Set<ConversationId>> conversations = new ConcurrentHashMap<>();

    public Set<ConversationId> of(SessionId id) {
        return find(id);
    }

    public Set<ConversationId> of(TurnId id) {
        return find(id);
    }

    public Set<ConversationId> withSessions() {
        return find(Group.WITH_SESSIONS);
    }

    /** Conversations with a time to live, and those with a session that has one. */
    public Set<ConversationId> expiring() {
        return find(Group.EXPIRING);
    }

    /** Conversations with a running turn. */
    public Set<ConversationId> running() {
        return find(Group.RUNNING);
    }

    private Set<ConversationId> find(Object key) {
        return Collections.unmodifiableSet(conversations.getOrDefault(key, Set.of()));
    }

    /** Adds the entries of the state {@code after}; call it before that state becomes visible. */
    public void add(ConversationId id, ConversationState before, ConversationState after) {
        if (!isSame(before, after)) {
            keys(after).forEach(key -> conversations.computeIfAbsent(key, _ -> ConcurrentHashMap.newKeySet(1)).add(id));
        }
    }

    /** Removes what only the state {@code before} needed; call it once {@code after} is visible. */
    public void remove(ConversationId id, ConversationState before, ConversationState after) {
        if (!isSame(before, after)) {
            Set<Object> unused = keys(before);
            unused.removeAll(keys(after));
            unused.forEach(key -> conversations.computeIfPresent(key,
                    (_, ids) -> ids.remove(id) && ids.isEmpty() ? null : ids));
        }
    }

    /** Whether a commit changed nothing that is indexed: most commits change messages only. */
    private static boolean isSame(ConversationState before, ConversationState after) {
        return before.activity().equals(after.activity()) && isExpiring(before) == isExpiring(after);
    }

    private static Set<Object> keys(ConversationState state) {
        var keys = new HashSet<Object>();
        state.activity().sessions().forEach(session -> keys.add(session.id()));
        if (!keys.isEmpty()) {
            keys.add(Group.WITH_SESSIONS);
        }
        state.activity().turns().forEach(turn -> keys.add(turn.id()));
        if (isExpiring(state)) {
            keys.add(Group.EXPIRING);
        }
        if (isRunning(state)) {
            keys.add(Group.RUNNING);
        }
        return keys;
    }

    private static boolean isExpiring(ConversationState state) {
        return state.head().flatMap(Conversation::expiresAt).isPresent()
                || state.activity().sessions().stream().anyMatch(session -> session.lifetime().expiry().isPresent());
    }

    private static boolean isRunning(ConversationState state) {
        return state.activity().openTurn().filter(turn -> switch (turn.state()) {
            case TurnState.Running _ -> true;
            case TurnState.Queued _,TurnState.AwaitingApproval _ -> false;
            case TurnState.Completed _,TurnState.Cancelled _,TurnState.Failed _ -> false;
        }).isPresent();
    }
}
