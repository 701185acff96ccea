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

/** This instance's listeners, and what they were told last, so that a poll does not tell them all again. */
final class FeedListeners {
    private static final Logger LOG = LoggerFactory.getLogger(FeedListeners.class);

    /** More than change between two polls; one that is forgotten is told of twice. */
    private static final int REMEMBERED = 50_000;

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Cache<ConversationId, Long> told = Caffeine.newBuilder().maximumSize(REMEMBERED)
            .executor(Runnable::run).build();

    Subscription subscribe(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    void tell(Hint hint) {
        told.put(hint.conversation(), hint.revision());
        for (Listener listener : listeners) {
            try {
                listener.changed(hint);
            } catch (RuntimeException e) {
                LOG.error("A listener of the change feed threw, which it must not", e);
            }
        }
    }

    /**
     * For a hint that may be an old one. Not "unless a higher revision was told": after a purge the conversation may have begun
     * again. So one whose new life stands, at a poll, exactly where the old one was last told of, and whose notifications were all
     * lost, is told of with its next commit only.
     */
    void tellUnlessTold(Hint hint) {
        Long last = told.getIfPresent(hint.conversation());
        if (last == null || last != hint.revision()) {
            tell(hint);
        }
    }
}
