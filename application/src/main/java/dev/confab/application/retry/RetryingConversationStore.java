package dev.confab.application.retry;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageException;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Retries transactions that a store gave up, at most {@value #MAX_ATTEMPTS} attempts in all and within one deadline: {@link LockTimeout}
 * always, {@link CommitOutcomeUnknown} only for {@link #transactRepeatable}. An exception of the transaction function is never retried. A
 * retry is made only if an attempt as long as the longest so far would still end before the deadline (S8), and not on an interrupted
 * thread.
 *
 * <p>The waits grow exponentially, with jitter, so that transactions that collided do not collide again. The caller's own thread waits;
 * an interrupt ends the wait and stays set.
 */
public final class RetryingConversationStore implements ConversationStore {
    public static final int MAX_ATTEMPTS = 3;
    private static final Duration FIRST_WAIT = Duration.ofMillis(20);
    private static final double GROWTH = 2.0;
    private static final double JITTER = 0.5;
    /** The wait before the last attempt, with the most jitter. */
    private static final Duration LONGEST_WAIT = Duration
            .ofMillis((long) (FIRST_WAIT.toMillis() * Math.pow(GROWTH, MAX_ATTEMPTS - 2) * (1 + JITTER)));
    private static final RetryConfig CONFIG = RetryConfig.custom().maxAttempts(MAX_ATTEMPTS)
            .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(FIRST_WAIT, GROWTH, JITTER)).build();

    private final ConversationStore store;
    private final Duration deadline;
    private final RetryListener listener;
    private final LongSupplier nanoTime;

    /** @param deadline for all attempts and waits of one call together */
    public RetryingConversationStore(ConversationStore store, Duration deadline, RetryListener listener) {
        this(store, deadline, listener, System::nanoTime);
    }

    RetryingConversationStore(ConversationStore store, Duration deadline, RetryListener listener,
            LongSupplier nanoTime) {
        this.store = store;
        this.deadline = deadline;
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    @Override
    public FencingToken token(OwnerId owner) {
        return store.token(owner);
    }

    @Override
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        return new Attempts(LockTimeout.class::isInstance).transact(id, work);
    }

    @Override
    public boolean removeDamaged(ConversationId id, OwnerId owner, Removal removal, Instant at) {
        return store.removeDamaged(id, owner, removal, at);
    }

    /**
     * Like {@link #transact}, for a transaction function that finds what an earlier run of it committed and then records nothing: an
     * unknown outcome is retried, too. If the retries do not settle it, {@link CommitOutcomeUnknown} is thrown, however the last
     * attempt failed.
     */
    public <R> R transactRepeatable(ConversationId id, Function<ConversationTransaction, R> work) {
        return new Attempts(failure -> failure instanceof LockTimeout || failure instanceof CommitOutcomeUnknown)
                .transact(id, work);
    }

    /**
     * The same for a function whose result says whether this call created something: {@code found} maps a result that was found after
     * an unknown outcome, because it may be this call's own.
     */
    public <R> R transactCreation(ConversationId id, Function<ConversationTransaction, R> work,
            UnaryOperator<R> found) {
        try {
            return transact(id, work);
        } catch (CommitOutcomeUnknown unknown) {
            try {
                return found.apply(transactRepeatable(id, work));
            } catch (StorageException again) {
                // The first run may have been committed, however the second failed.
                unknown.addSuppressed(again);
                throw unknown;
            }
        }
    }

    /** The attempts of one call. */
    private final class Attempts {
        private final Predicate<Throwable> isTransient;
        private final long start = nanoTime.getAsLong();
        private long longest;
        /** The first unknown outcome: it may have been committed, so a later attempt that failed does not make it undone. */
        private Optional<CommitOutcomeUnknown> unknown = Optional.empty();

        private Attempts(Predicate<Throwable> isTransient) {
            this.isTransient = isTransient;
        }

        private <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
            Retry retry = Retry.of("conversation-store", RetryConfig.from(CONFIG)
                    .retryOnException(failure -> isTransient.test(failure) && mayRetry()).build());
            retry.getEventPublisher().onRetry(event -> {
                if (event.getLastThrowable() instanceof StorageException failure) {
                    listener.retrying(event.getNumberOfRetryAttempts(), failure);
                }
            });
            try {
                return retry.executeSupplier(() -> attempt(id, work));
            } catch (StorageException last) {
                throw unknown.isPresent() ? unknown.get() : last;
            }
        }

        private <R> R attempt(ConversationId id, Function<ConversationTransaction, R> work) {
            long begun = nanoTime.getAsLong();
            try {
                return store.transact(id, work);
            } catch (StorageException failure) {
                longest = Math.max(longest, nanoTime.getAsLong() - begun);
                unknown.filter(first -> first != failure).ifPresent(first -> first.addSuppressed(failure));
                if (unknown.isEmpty() && failure instanceof CommitOutcomeUnknown first) {
                    unknown = Optional.of(first);
                }
                throw failure;
            }
        }

        private boolean mayRetry() {
            long end = nanoTime.getAsLong() - start + LONGEST_WAIT.toNanos() + longest;
            return end <= deadline.toNanos() && !Thread.currentThread().isInterrupted();
        }
    }
}
