package dev.confab.application.turn.event;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ChangeFeed.Subscription;
import dev.confab.domain.session.TurnId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who wants to know that there may be more events of a turn. Whoever has news only says so: another thread tells the listeners, once for
 * all news that came since it last began, so that a thousand listeners do not hold up an assistant. Listeners
 * come and go under one lock; telling takes none.
 */
public final class TurnWatchers {
    private static final Logger LOG = LoggerFactory.getLogger(TurnWatchers.class);

    private final Executor executor;
    private final Map<TurnId, Watched> watched = new ConcurrentHashMap<>();
    private final Map<ConversationId, Set<TurnId>> located = new ConcurrentHashMap<>();

    public TurnWatchers(Executor executor) {
        this.executor = executor;
    }

    private final class Watched {
        private final Map<Object, Runnable> listeners = new ConcurrentHashMap<>();
        private final AtomicBoolean news = new AtomicBoolean();
        /** Written under the lock. */
        private volatile Set<ConversationId> conversations = Set.of();

        private void tell() {
            // Taken back before the listeners are told: news that comes meanwhile is told once more.
            if (news.compareAndSet(false, true)) {
                executor.execute(() -> {
                    news.set(false);
                    listeners.values().forEach(Watched::run);
                });
            }
        }

        private static void run(Runnable listener) {
            try {
                listener.run();
            } catch (RuntimeException broken) {
                LOG.warn("a listener to a turn failed", broken);
            }
        }
    }

    public Subscription add(TurnId id, Runnable listener) {
        var key = new Object();
        synchronized (this) {
            watched.computeIfAbsent(id, _ -> new Watched()).listeners.put(key, listener);
        }
        return () -> remove(id, key);
    }

    private synchronized void remove(TurnId id, Object key) {
        Watched entry = watched.get(id);
        if (entry != null) {
            entry.listeners.remove(key);
            if (entry.listeners.isEmpty()) {
                watched.remove(id);
                entry.conversations.forEach(conversation -> located.computeIfPresent(conversation,
                        (_, ids) -> ids.size() == 1 ? null : without(ids, id)));
            }
        }
    }

    /** A turn of this id is in this conversation. Returns whether that was not known before, so that hints of it may have been missed. */
    public boolean locate(TurnId id, ConversationId conversation) {
        Watched entry = watched.get(id);
        return entry != null && !entry.conversations.contains(conversation) && locateNow(id, conversation);
    }

    private synchronized boolean locateNow(TurnId id, ConversationId conversation) {
        Watched entry = watched.get(id);
        if (entry == null || entry.conversations.contains(conversation)) {
            return false;
        }
        entry.conversations = union(entry.conversations, Set.of(conversation));
        located.merge(conversation, Set.of(id), TurnWatchers::union);
        return true;
    }

    public void tell(TurnId id) {
        Watched entry = watched.get(id);
        if (entry != null) {
            entry.tell();
        }
    }

    /** Something happened in the conversation. Looks at no more than the turns followed in it. */
    public void changed(ConversationId conversation) {
        located.getOrDefault(conversation, Set.of()).forEach(this::tell);
    }

    private static <T> Set<T> union(Set<T> some, Set<T> others) {
        var all = new HashSet<>(some);
        all.addAll(others);
        return Set.copyOf(all);
    }

    private static Set<TurnId> without(Set<TurnId> some, TurnId one) {
        var rest = new HashSet<>(some);
        rest.remove(one);
        return Set.copyOf(rest);
    }
}
