package dev.confab.adapter.persistence.jpa.feed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ChangeFeed.Hint;
import dev.confab.domain.port.ChangeFeed.Listener;
import dev.confab.domain.port.ChangeFeed.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of this instance, and the revisions last reported to them, so that a poll does not repeat them all. */
final class FeedListeners {
    private static final Logger LOG = LoggerFactory.getLogger(FeedListeners.class);

    /** More than the number of conversations that change between two polls. A forgotten one is reported twice. */
    private static final int REMEMBERED = 50_000;

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Cache<ConversationId, Long> reported = Caffeine.newBuilder().maximumSize(REMEMBERED)
            .executor(Runnable::run).build();

    Subscription subscribe(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    void report(Hint hint) {
        reported.put(hint.conversation(), hint.revision());
        for (Listener listener : listeners) {
            try {
                listener.changed(hint);
            } catch (RuntimeException e) {
                LOG.error("Change feed: a listener threw an exception; the other listeners are still called", e);
            }
        }
    }

    /**
     * Skips a hint only if its revision is the one reported last: a lower one may belong to a conversation created
     * again after a purge. If that has, at a poll, exactly the revision reported last of the old one, and all its
     * notifications were lost, it is reported with its next commit only.
     */
    void reportOnce(Hint hint) {
        Long last = reported.getIfPresent(hint.conversation());
        if (last == null || last != hint.revision()) {
            report(hint);
        }
    }
}
