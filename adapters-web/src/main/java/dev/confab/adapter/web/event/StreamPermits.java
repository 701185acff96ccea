package dev.confab.adapter.web.event;

import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.domain.conversation.OwnerId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Bounds how many event streams are open, in all and for each owner. An open stream takes heap and a connection. */
final class StreamPermits {
    private final WebSettings settings;
    private final LongAdder refused = new LongAdder();
    /** The number of each owner's streams; an owner without a stream has no entry. Guarded by this. */
    private final Map<OwnerId, Integer> ofOwner = new HashMap<>();
    /** Guarded by this. */
    private int all;

    StreamPermits(WebSettings settings) {
        this.settings = settings;
    }

    /** The permission for one open stream; closing it gives the permission back. */
    interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws ProblemException {@code too-many-streams} at a limit */
    Permit take(OwnerId owner) {
        if (!tryTake(owner)) {
            refused.increment();
            throw ProblemException.later(ProblemCode.TOO_MANY_STREAMS, ProblemCode.TOO_MANY_STREAMS.explanation(), true,
                    settings.retryAfter());
        }
        return () -> giveBack(owner);
    }

    long refused() {
        return refused.sum();
    }

    private synchronized boolean tryTake(OwnerId owner) {
        int own = ofOwner.getOrDefault(owner, 0);
        if (all >= settings.connections().streams() || own >= settings.connections().streamsPerOwner()) {
            return false;
        }
        all++;
        ofOwner.put(owner, own + 1);
        return true;
    }

    private synchronized void giveBack(OwnerId owner) {
        all--;
        ofOwner.computeIfPresent(owner, (_, own) -> own == 1 ? null : own - 1);
    }
}
