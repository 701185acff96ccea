package dev.confab.adapter.web.event;

import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.request.Caller;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.domain.conversation.OwnerId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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

    /** @throws ProblemException {@code streams-limited} at the limit of the owner, {@code too-many-streams} at that of the service */
    Permit take(Caller caller) {
        try {
            take(caller.owner(), caller.limits().over(settings.limits()).eventStreams());
        } catch (ProblemException beyondLimit) {
            refused.increment();
            throw beyondLimit;
        }
        return () -> giveBack(caller.owner());
    }

    long refused() {
        return refused.sum();
    }

    private synchronized void take(OwnerId owner, Optional<Integer> limit) {
        int own = ofOwner.getOrDefault(owner, 0);
        if (limit.isPresent() && own >= limit.get()) {
            throw ProblemException.limited(ProblemCode.STREAMS_LIMITED, ProblemCode.STREAMS_LIMITED.explanation(),
                    limit.get(), settings.retryAfter());
        }
        if (all >= settings.connections().streams()) {
            throw ProblemException.later(ProblemCode.TOO_MANY_STREAMS, ProblemCode.TOO_MANY_STREAMS.explanation(), true,
                    settings.retryAfter());
        }
        all++;
        ofOwner.put(owner, own + 1);
    }

    private synchronized void giveBack(OwnerId owner) {
        all--;
        ofOwner.computeIfPresent(owner, (_, own) -> own == 1 ? null : own - 1);
    }
}
