package dev.confab.adapter.persistence.file.memory;

import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.erasure.OwnerErased;
import dev.confab.domain.work.Change;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The fences of erasures, in memory only: one process has the directory open, and its requests end with it.
 *
 * <p>Why it is right: the journal's thread asks for a refusal when it takes a commit, and an erasure raises the fence before it waits for
 * that thread to finish what it has taken. So a creation with an older token is published before the erasure goes on, and is purged, or it
 * is refused. A fence is forgotten after a day: no request takes that long.
 */
public final class OwnerFences {
    private static final long KEPT_NANOS = Duration.ofDays(1).toNanos();

    private final ConcurrentHashMap<OwnerId, Fence> fences = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    private record Fence(long number, long raisedNanos) {
    }

    /** For a request of the owner that begins now. */
    public FencingToken token(OwnerId owner) {
        return new FencingToken(owner, number(owner));
    }

    /** From now on, refuses creations with the owner's earlier tokens. */
    public void raise(OwnerId owner) {
        long now = System.nanoTime();
        fences.values().removeIf(fence -> now - fence.raisedNanos() > KEPT_NANOS);
        // In the map's own order of changes: of two erasures at once, the higher number remains.
        fences.compute(owner, (_, _) -> new Fence(last.incrementAndGet(), now));
    }

    /** Why the commit must not be made; empty when it may be. */
    public Optional<OwnerErased> refusal(Change change) {
        return change.token().filter(token -> number(token.owner()) > token.number())
                .map(token -> new OwnerErased(token.owner()));
    }

    private long number(OwnerId owner) {
        Fence fence = fences.get(owner);
        return fence == null ? 0 : fence.number();
    }
}
