package dev.confab.application.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.conversation.VersionConflict;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RetryingConversationStoreTest {
    private static final ConversationId ID = new ConversationId(new UUID(1, 2));

    private final AtomicLong nanos = new AtomicLong();
    private final List<Integer> heard = new ArrayList<>();
    private final Failing failing = new Failing();
    private final RetryingConversationStore store = new RetryingConversationStore(failing, Duration.ofSeconds(10),
            (attempt, failure) -> heard.add(attempt), nanos::get);

    /** Fails as planned and then works; an attempt takes as long as it says. */
    private final class Failing implements ConversationStore {
        private final ReferenceStore reference = new ReferenceStore();
        private final Deque<Supplier<? extends RuntimeException>> plan = new ArrayDeque<>();
        private Duration attemptTakes = Duration.ZERO;
        private int attempts;

        @Override
        public FencingToken token(OwnerId owner) {
            return reference.token(owner);
        }

        @Override
        public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
            attempts++;
            nanos.addAndGet(attemptTakes.toNanos());
            if (!plan.isEmpty()) {
                throw plan.removeFirst().get();
            }
            return reference.transact(id, work);
        }
    }

    private static RuntimeException busy() {
        return new LockTimeout("busy");
    }

    private static RuntimeException unknown() {
        return new CommitOutcomeUnknown("torn");
    }

    private static RuntimeException unavailable() {
        return new StorageUnavailable("closed");
    }

    @SafeVarargs
    private void plan(Supplier<? extends RuntimeException>... failures) {
        failing.plan.addAll(List.of(failures));
    }

    private String transact() {
        return store.transact(ID, tx -> "done");
    }

    private String transactRepeatable() {
        return store.transactRepeatable(ID, tx -> "done");
    }

    @Test
    void a_busy_conversation_is_tried_up_to_three_times_S8() {
        plan(() -> busy(), () -> busy());

        assertThat(transact()).isEqualTo("done");
        assertThat(failing.attempts).isEqualTo(3);
        assertThat(heard).containsExactly(1, 2);
    }

    @Test
    void a_conversation_that_stays_busy_is_given_up_after_three_times_S8() {
        plan(() -> busy(), () -> busy(), () -> busy());

        assertThatThrownBy(this::transact).isInstanceOf(LockTimeout.class);
        assertThat(failing.attempts).isEqualTo(3);
        assertThat(heard).containsExactly(1, 2);
    }

    @Test
    void no_attempt_is_begun_that_would_not_end_before_the_deadline_S8() {
        failing.attemptTakes = Duration.ofSeconds(4);
        plan(() -> busy(), () -> busy(), () -> busy());

        assertThatThrownBy(this::transact).isInstanceOf(LockTimeout.class);
        assertThat(failing.attempts).isEqualTo(2);
        assertThat(nanos.get()).isLessThanOrEqualTo(Duration.ofSeconds(10).toNanos());
    }

    /** The longest wait before the last attempt is 60 ms: twice the first of 20 ms, and half as much again for the jitter. */
    @Test
    void an_attempt_is_begun_when_it_and_the_longest_wait_exactly_fit_the_deadline_S8() {
        failing.attemptTakes = Duration.ofSeconds(10).minusMillis(60).dividedBy(2);
        plan(() -> busy());

        assertThat(transact()).isEqualTo("done");
    }

    @Test
    void an_attempt_is_not_begun_when_it_and_the_longest_wait_miss_the_deadline_by_a_nanosecond_S8() {
        failing.attemptTakes = Duration.ofSeconds(10).minusMillis(60).dividedBy(2).plusNanos(1);
        plan(() -> busy());

        assertThatThrownBy(this::transact).isInstanceOf(LockTimeout.class);
        assertThat(failing.attempts).isOne();
    }

    @Test
    void a_version_conflict_is_never_retried_S7() {
        assertThatThrownBy(() -> store.transactRepeatable(ID, tx -> {
            throw new VersionConflict(ID, Version.FIRST);
        })).isInstanceOf(VersionConflict.class);
        assertThat(failing.attempts).isEqualTo(1);
    }

    @Test
    void a_storage_that_refuses_is_not_asked_again_S15() {
        plan(() -> unavailable());

        assertThatThrownBy(this::transactRepeatable).isInstanceOf(StorageUnavailable.class);
        assertThat(failing.attempts).isEqualTo(1);
    }

    @Test
    void an_unknown_outcome_is_left_unknown_unless_the_function_is_repeatable_S15() {
        plan(() -> unknown());
        assertThatThrownBy(this::transact).isInstanceOf(CommitOutcomeUnknown.class);
        assertThat(failing.attempts).isEqualTo(1);

        plan(() -> unknown());
        assertThat(transactRepeatable()).isEqualTo("done");
    }

    @Test
    void an_unknown_outcome_stays_unknown_when_something_fails_afterwards_S15() {
        List<List<Supplier<RuntimeException>>> plans = List.of(
                List.of(() -> unknown(), () -> busy(), () -> busy()), List.of(() -> unknown(), () -> unavailable()),
                List.of(() -> busy(), () -> unknown(), () -> busy()),
                List.of(() -> unknown(), () -> unknown(), () -> unknown()));

        for (var plan : plans) {
            failing.plan.addAll(plan);
            assertThatThrownBy(this::transactRepeatable).isInstanceOf(CommitOutcomeUnknown.class);
            assertThat(failing.plan).isEmpty();
        }
    }

    @Test
    void an_unknown_outcome_past_the_deadline_stays_unknown_S15() {
        failing.attemptTakes = Duration.ofSeconds(6);
        plan(() -> unknown());

        assertThatThrownBy(this::transactRepeatable).isInstanceOf(CommitOutcomeUnknown.class);
    }

    @Test
    void an_interrupted_thread_tries_nothing_again_and_stays_interrupted_S8() {
        plan(() -> {
            Thread.currentThread().interrupt();
            return busy();
        });

        assertThatThrownBy(this::transact).isInstanceOf(LockTimeout.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failing.attempts).isEqualTo(1);
    }

    @Test
    void an_interrupt_ends_the_wait_and_stays_set_S8() {
        var interrupting = new RetryingConversationStore(failing, Duration.ofSeconds(10),
                (attempt, failure) -> Thread.currentThread().interrupt(), nanos::get);
        plan(() -> unknown());

        assertThatThrownBy(() -> interrupting.transactRepeatable(ID, tx -> "done"))
                .isInstanceOf(CommitOutcomeUnknown.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failing.attempts).isEqualTo(1);
    }

    @Test
    void the_exception_of_a_transaction_function_reaches_the_caller_unchanged_S1() {
        var thrown = new IllegalArgumentException("mine");

        assertThatThrownBy(() -> store.transactRepeatable(ID, tx -> {
            throw thrown;
        })).isSameAs(thrown);
        assertThat(heard).isEmpty();
    }

    @Test
    void the_caller_gets_the_failure_of_the_last_attempt() {
        var last = new LockTimeout("last");
        plan(() -> busy(), () -> busy(), () -> last);

        assertThatThrownBy(this::transact).isSameAs(last).isInstanceOf(StorageException.class);
    }
}
