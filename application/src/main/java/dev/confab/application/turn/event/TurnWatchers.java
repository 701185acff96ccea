package dev.confab.application.turn.event;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ChangeFeed.Subscription;
import dev.confab.domain.session.TurnId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners that wait for new events of a turn. {@link #wake} only marks the turn and returns; another thread calls the listeners,
 * once for all wake-ups since its last start, so that a thousand listeners do not delay an assistant.
 *
 * <p>Adding, removing and locating take one lock; waking takes none. The mark is cleared before the listeners are called: a wake-up
 * that arrives while they are called therefore starts another call, and none is lost.
 */
public final class TurnWatchers {
    private static final Logger LOG = LoggerFactory.getLogger(TurnWatchers.class);

    private final Executor executor;
    private final Map<TurnId, Watched> watched = new ConcurrentHashMap<>();
    private final ConcurrentSetMultimap<ConversationId, TurnId> located = new ConcurrentSetMultimap<>();

    public TurnWatchers(Executor executor) {
        this.executor = executor;
    }

    private final class Watched {
        private final Map<Object, Runnable> listeners = new ConcurrentHashMap<>();
        private final AtomicBoolean awake = new AtomicBoolean();
        private final Set<ConversationId> conversations = ConcurrentHashMap.newKeySet();

        private void wake() {
            if (awake.compareAndSet(false, true)) {
                executor.execute(() -> {
                    awake.set(false);
                    listeners.values().forEach(TurnWatchers::call);
                });
            }
        }
    }

    public synchronized Subscription add(TurnId id, Runnable task) {
        // A key of its own, because the same task may be added twice.
        var registration = new Object();
        watched.computeIfAbsent(id, _ -> new Watched()).listeners.put(registration, task);
        return () -> remove(id, registration);
    }

    private static void call(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failed) {
            LOG.warn("Turn events: a listener failed; the others are still called", failed);
        }
    }

    private synchronized void remove(TurnId id, Object registration) {
        Watched entry = watched.get(id);
        if (entry != null && entry.listeners.remove(registration) != null && entry.listeners.isEmpty()) {
            watched.remove(id);
            entry.conversations.forEach(conversation -> located.remove(conversation, id));
        }
    }

    /**
     * Records that a turn of this id belongs to this conversation, so that {@link #changed} wakes its listeners. Returns whether that is
     * new: then the conversation may have changed without waking them.
     */
    public boolean locate(TurnId id, ConversationId conversation) {
        Watched entry = watched.get(id);
        return entry != null && !entry.conversations.contains(conversation) && add(id, conversation);
    }

    private synchronized boolean add(TurnId id, ConversationId conversation) {
        Watched entry = watched.get(id);
        if (entry == null || !entry.conversations.add(conversation)) {
            return false;
        }
        located.add(conversation, id);
        return true;
    }

    public void wake(TurnId id) {
        Watched entry = watched.get(id);
        if (entry != null) {
            entry.wake();
        }
    }

    /** The conversation changed: wakes the listeners of the turns located in it. */
    public void changed(ConversationId conversation) {
        located.get(conversation).forEach(this::wake);
    }

    /** Whether nothing is watched and no earlier watch has left an entry. */
    boolean isEmpty() {
        return watched.isEmpty() && located.isEmpty();
    }
}
