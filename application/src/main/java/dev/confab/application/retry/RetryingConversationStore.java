package dev.confab.application.retry;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageException;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Tries again what a store gave up on, at most {@value #MAX_ATTEMPTS} times in all and within one deadline: {@link LockTimeout}
 * always, {@link CommitOutcomeUnknown} only for {@link #transactRepeatable}. What a work throws is never retried. An attempt is
 * begun only if one as long as the longest so far still ends before the deadline (S8), and not by an interrupted thread.
 *
 * <p>The waits grow exponentially, with jitter, so that works that collided do not collide again. The caller's own thread waits;
 * an interrupt ends that wait, and stays set.
 */
public final class RetryingConversationStore implements ConversationStore {
    public static final int MAX_ATTEMPTS = 3;
    private static final Duration FIRST_WAIT = Duration.ofMillis(20);
    private static final double GROWTH = 2.0;
    private static final double JITTER = 0.5;
    /** The wait before the last attempt, with the most jitter. */
    private static final Duration LONGEST_WAIT = Duration
            .ofMillis((long) (FIRST_WAIT.toMillis() * Math.pow(GROWTH, MAX_ATTEMPTS - 2) * (1 + JITTER)));

    private final ConversationStore store;
    private final long deadlineNanos;
    private final RetryListener listener;
    private final LongSupplier nanoTime;
    private final Retry retry = Retry.of("conversation-store",
            RetryConfig.custom().maxAttempts(MAX_ATTEMPTS)
                    .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(FIRST_WAIT, GROWTH, JITTER)).build());

    /** @param deadline for all attempts and waits of one call together */
    public RetryingConversationStore(ConversationStore store, Duration deadline, RetryListener listener) {
        this(store, deadline, listener, System::nanoTime);
    }

    RetryingConversationStore(ConversationStore store, Duration deadline, RetryListener listener,
            LongSupplier nanoTime) {
        this.store = store;
        this.deadlineNanos = deadline.toNanos();
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    @Override
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        return attempt(id, work, false);
    }

    /**
     * Like {@link #transact}, for a work that finds what an earlier run of it committed and then records nothing: it is tried
     * again also when it is unknown whether it was committed. If that does not settle it, {@link CommitOutcomeUnknown} it is,
     * however the storage failed the last attempt.
     */
    public <R> R transactRepeatable(ConversationId id, Function<ConversationTransaction, R> work) {
        return attempt(id, work, true);
    }

    private <R> R attempt(ConversationId id, Function<ConversationTransaction, R> work, boolean repeatable) {
        var context = retry.<R>context();
        long start = nanoTime.getAsLong();
        long longest = 0;
        Optional<CommitOutcomeUnknown> unknown = Optional.empty();
        for (int attempt = 1;; attempt++) {
            long begun = nanoTime.getAsLong();
            try {
                R result = store.transact(id, work);
                context.onComplete();
                return result;
            } catch (StorageException failure) {
                unknown = firstUnknown(unknown, failure);
                long now = nanoTime.getAsLong();
                longest = Math.max(longest, now - begun);
                boolean inTime = now - start + LONGEST_WAIT.toNanos() + longest <= deadlineNanos;
                if (!inTime || !isTransient(failure, repeatable) || Thread.currentThread().isInterrupted()) {
                    throw unknown.isPresent() ? unknown.get() : failure;
                }
                waitOrThrow(context, attempt, failure, unknown);
            }
        }
    }

    /** Once an attempt may have been committed, a later one that failed does not make it undone. */
    private static Optional<CommitOutcomeUnknown> firstUnknown(Optional<CommitOutcomeUnknown> before,
            StorageException failure) {
        if (before.isEmpty()) {
            return failure instanceof CommitOutcomeUnknown first ? Optional.of(first) : before;
        }
        if (before.get() != failure) {
            before.get().addSuppressed(failure);
        }
        return before;
    }

    private static boolean isTransient(StorageException failure, boolean repeatable) {
        return failure instanceof LockTimeout || repeatable && failure instanceof CommitOutcomeUnknown;
    }

    /** Throws when no attempt is left, or the wait was interrupted. */
    private void waitOrThrow(Retry.Context<?> context, int attempt, StorageException failure,
            Optional<CommitOutcomeUnknown> unknown) {
        if (attempt < MAX_ATTEMPTS) {
            listener.retrying(attempt, failure);
        }
        try {
            context.onRuntimeError(failure);
        } catch (StorageException last) {
            throw unknown.isPresent() ? unknown.get() : last;
        }
    }
}
