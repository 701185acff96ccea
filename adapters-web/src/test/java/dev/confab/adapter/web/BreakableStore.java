package dev.confab.adapter.web;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.Window;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The reference store, which throws what a test wants. */
class BreakableStore extends ReferenceStore {
    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicReference<@Nullable Supplier<RuntimeException>> writes = new AtomicReference<>();
    private final AtomicReference<@Nullable Supplier<RuntimeException>> laterWindows = new AtomicReference<>();

    /** Every write throws this, until {@link #heal()}. */
    void failWrites(Supplier<RuntimeException> failure) {
        writes.set(failure);
    }

    /** Every read of a window that does not start at the beginning throws this, until {@link #heal()}. */
    void failLaterWindows(Supplier<RuntimeException> failure) {
        laterWindows.set(failure);
    }

    /** How many requests have begun that may create a conversation. */
    int begun() {
        return tokens.get();
    }

    @Override
    public FencingToken token(OwnerId owner) {
        tokens.incrementAndGet();
        return super.token(owner);
    }

    void heal() {
        writes.set(null);
        laterWindows.set(null);
    }

    @Override
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        fail(writes.get());
        return super.transact(id, work);
    }

    @Override
    public ConversationWindow read(ConversationId id, Window window, Instant now) {
        if (window.after() > 0) {
            fail(laterWindows.get());
        }
        return super.read(id, window, now);
    }

    private static void fail(@Nullable Supplier<RuntimeException> failure) {
        if (failure != null) {
            throw failure.get();
        }
    }
}
