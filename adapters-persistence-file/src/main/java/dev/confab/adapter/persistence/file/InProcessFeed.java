package dev.confab.adapter.persistence.file;

import dev.confab.domain.port.ChangeFeed;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The change feed of one process: the journal's thread calls the listeners. */
final class InProcessFeed implements ChangeFeed {
    private static final Logger LOG = LoggerFactory.getLogger(InProcessFeed.class);

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    @Override
    public Subscription subscribe(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void report(Hint hint) {
        for (Listener listener : listeners) {
            try {
                listener.changed(hint);
            } catch (RuntimeException e) {
                LOG.error("Change feed: a listener threw an exception; the other listeners are still called", e);
            }
        }
    }
}
