package dev.confab.application.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.reference.RunTwice;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.application.Usages.CallerLimits;
import dev.confab.application.Usages.QuotaExceeded.Quota;
import dev.confab.application.Usages.QuotaExceeded;
import dev.confab.domain.access.Limits;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.query.Usage;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class QuotaStoreTest {
    private static final OwnerId ANN = Samples.ALICE;
    /** What a message of one ASCII character weighs. */
    private static final int WEIGHT = 257;

    private final ReferenceStorage storage = new ReferenceStorage();
    private final ReferenceStore reference = new ReferenceStore(storage, Duration.ofSeconds(5));
    private final AtomicInteger readings = new AtomicInteger();
    private final AtomicLong nanoTime = new AtomicLong();
    private final QuotaStore store = new QuotaStore(new RunTwice(reference), this::usage, nanoTime::get);

    /** Runs after a usage was read and before its reader gets it. */
    private Runnable whileReading = () -> {
    };

    private Usage usage(OwnerId owner) {
        readings.incrementAndGet();
        Usage read = reference.usage(owner);
        whileReading.run();
        return read;
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    private static Limits bytes(long limit) {
        return new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(limit), Optional.empty());
    }

    private static Limits conversations(int limit) {
        return new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(limit));
    }

    private <R> R within(Limits limits, ConversationId id, Function<ConversationTransaction, R> work) {
        return within(store, limits, id, work);
    }

    private static <R> R within(QuotaStore store, Limits limits, ConversationId id,
            Function<ConversationTransaction, R> work) {
        return new CallerLimits(ANN, limits).call(() -> store.transact(id, work));
    }

    private ConversationId started() {
        ConversationId id = Samples.newConversationId();
        reference.transact(id, Transactions.begin(Samples.started(id)));
        return id;
    }

    private Message append(Limits limits, ConversationId id, MessageDraft draft) {
        return within(limits, id, Transactions.append(draft, Samples.now()));
    }

    private static void exceeds(Quota quota, long used, ThrowingCallable write) {
        assertThatThrownBy(write).isInstanceOfSatisfying(QuotaExceeded.class, refusal -> {
            assertThat(refusal.quota()).isEqualTo(quota);
            assertThat(refusal.used()).isEqualTo(used);
        });
    }

    @Test
    void a_write_that_fits_exactly_is_stored_and_one_that_exceeds_the_quota_is_not() {
        ConversationId id = started();
        append(bytes(2 * WEIGHT), id, Samples.draft("a"));
        append(bytes(2 * WEIGHT), id, Samples.draft("b"));

        exceeds(Quota.STORED_BYTES, 2 * WEIGHT, () -> append(bytes(2 * WEIGHT), id, Samples.draft("c")));

        assertThat(reference.usage(ANN)).isEqualTo(new Usage(1, 2, 2 * WEIGHT));
        assertThat(readings).as("usages read").hasValue(1);
    }

    @Test
    void the_messages_of_a_turn_that_waits_count_when_it_is_queued_and_not_again_when_it_begins() {
        ConversationId id = started();
        Session session = reference.transact(id, SessionTransactions.begin(SessionSamples.session(id)));
        Turn first = reference.transact(id, SessionTransactions.start(SessionSamples.newTurnId(), session.id(),
                Samples.draft("a"), Samples.now(), SessionSamples.lease()));
        TurnId next = SessionSamples.newTurnId();
        exceeds(Quota.STORED_BYTES, WEIGHT, () -> within(bytes(2 * WEIGHT - 1), id, SessionTransactions.queue(next,
                session.id(), List.of(Samples.draft("b")), Samples.now())));
        within(bytes(2 * WEIGHT), id, SessionTransactions.queue(next, session.id(), List.of(Samples.draft("b")),
                Samples.now()));

        within(bytes(1), id, SessionTransactions.handingOver(
                SessionTransactions.cancel(first.id(), Samples.now()), Samples.now(), SessionSamples.lease()));

        assertThat(reference.usage(ANN).bytes()).isEqualTo(2 * WEIGHT);
    }

    @Test
    void a_repeated_request_returns_its_result_although_nothing_more_fits() {
        ConversationId id = started();
        MessageDraft draft = Samples.draft("a");
        Message first = append(bytes(WEIGHT), id, draft);

        assertThat(append(bytes(WEIGHT), id, draft)).isEqualTo(first);
    }

    @Test
    void starts_and_purges_of_conversations_are_counted() {
        ConversationId first = Samples.newConversationId();
        within(conversations(1), first, Transactions.begin(Samples.started(first)));
        ConversationId second = Samples.newConversationId();
        exceeds(Quota.CONVERSATIONS, 1,
                () -> within(conversations(1), second, Transactions.begin(Samples.started(second))));

        // The bin counts.
        within(conversations(1), first, Transactions.move(head -> head.delete(Samples.now())));
        exceeds(Quota.CONVERSATIONS, 1,
                () -> within(conversations(1), second, Transactions.begin(Samples.started(second))));
        // One that begins in place of a purged one is not one more.
        within(conversations(1), first, tx -> {
            tx.record(tx.find().orElseThrow().purge(Samples.now()));
            tx.record(Samples.started(first));
            return true;
        });
        within(conversations(1), first, Transactions.move(head -> head.delete(Samples.now())));
        within(conversations(1), first, Transactions.move(head -> Optional.of(head.purge(Samples.now()))));
        within(conversations(1), second, Transactions.begin(Samples.started(second)));
        assertThat(reference.usage(ANN).conversations()).isEqualTo(1);
    }

    @Test
    void removals_and_truncations_succeed_beyond_the_quota_and_free_space_at_once() {
        ConversationId id = started();
        Message message = append(bytes(5 * WEIGHT), id, Samples.draft("a"));
        append(bytes(5 * WEIGHT), id, Samples.draft("bbb"));
        Limits less = bytes(WEIGHT);

        exceeds(Quota.STORED_BYTES, 2 * WEIGHT + 2,
                () -> within(less, id, Transactions.edit(message, "aa", Samples.now())));
        within(less, id, Transactions.edit(message, "", Samples.now()));
        within(less, id, Transactions.change(head -> head.clear(Samples.now())));
        assertThat(append(less, id, Samples.draft("c")).position()).isEqualTo(1);
        within(less, id, Transactions.move(head -> head.delete(Samples.now())));
        within(less, id, Transactions.move(head -> Optional.of(head.purge(Samples.now()))));
        assertThat(reference.usage(ANN)).isEqualTo(Usage.NONE);
    }

    @Test
    void before_a_refusal_the_usage_is_read_again_but_at_most_once_a_second() {
        ConversationId id = started();
        append(bytes(WEIGHT), id, Samples.draft("a"));
        reference.transact(id, Transactions.change(head -> head.clear(Samples.now())));

        for (int i = 0; i < 10; i++) {
            exceeds(Quota.STORED_BYTES, WEIGHT, () -> append(bytes(WEIGHT), id, Samples.draft("b")));
        }
        assertThat(readings).as("usages read").hasValue(1);
        pass(KnownUsage.MIN_AGE.plusNanos(1));
        append(bytes(WEIGHT), id, Samples.draft("b"));
        assertThat(readings).as("usages read").hasValue(2);
    }

    @Test
    void writes_of_other_instances_count_after_thirty_seconds() {
        ConversationId id = started();
        append(bytes(3 * WEIGHT), id, Samples.draft("a"));
        reference.transact(id, Transactions.append(Samples.draft("b"), Samples.now()));
        reference.transact(id, Transactions.append(Samples.draft("c"), Samples.now()));
        append(bytes(3 * WEIGHT), id, Samples.draft("d"));

        pass(KnownUsage.MAX_AGE.plusNanos(1));

        exceeds(Quota.STORED_BYTES, 4 * WEIGHT, () -> append(bytes(3 * WEIGHT), id, Samples.draft("e")));
    }

    @Test
    void a_write_that_is_committed_while_the_usage_is_read_counts() {
        ConversationId id = started();
        append(bytes(WEIGHT), id, Samples.draft("a"));
        pass(KnownUsage.MIN_AGE.plusNanos(1));
        whileReading = () -> append(bytes(10 * WEIGHT), id, Samples.draft("b"));
        exceeds(Quota.STORED_BYTES, 2 * WEIGHT, () -> append(bytes(WEIGHT), id, Samples.draft("c")));

        exceeds(Quota.STORED_BYTES, 2 * WEIGHT, () -> append(bytes(2 * WEIGHT), id, Samples.draft("d")));
    }

    @Test
    void concurrent_writes_do_not_pass_the_limit_together() {
        ConversationId first = started();
        ConversationId second = started();
        var stored = new AtomicInteger();

        TestThreads.repeat(8, 10, (thread, n) -> {
            pass(Duration.ofSeconds(7));
            try {
                append(bytes(30 * WEIGHT), thread % 2 == 0 ? first : second, Samples.draft("x"));
                var _ = stored.incrementAndGet();
            } catch (QuotaExceeded refused) {
                assertThat(refused.quota()).isEqualTo(Quota.STORED_BYTES);
            }
        });

        assertThat(stored).hasValueLessThanOrEqualTo(30);
        assertThat(reference.usage(ANN).bytes()).isEqualTo((long) stored.get() * WEIGHT);
        pass(KnownUsage.MAX_AGE.plusNanos(1));
        for (int left = 30 - stored.get(); left > 0; left--) {
            append(bytes(30 * WEIGHT), first, Samples.draft("x"));
        }
        exceeds(Quota.STORED_BYTES, 30 * WEIGHT, () -> append(bytes(30 * WEIGHT), first, Samples.draft("x")));
    }

    @Test
    void a_write_that_failed_takes_no_room_and_one_of_unknown_outcome_does() {
        ConversationId id = started();
        var failing = new QuotaStore(new ReferenceStore(storage, Duration.ofSeconds(5)) {
            @Override
            public <R> R transact(ConversationId conversation, Function<ConversationTransaction, R> work) {
                return super.transact(conversation, tx -> {
                    R result = work.apply(tx);
                    throw tx.find().map(Conversation::messageCount).orElse(0) % 2 == 1
                            ? new StorageUnavailable("away")
                            : new CommitOutcomeUnknown("away");
                });
            }
        }, this::usage, nanoTime::get);
        Limits limits = bytes(2 * WEIGHT);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(
                    () -> within(failing, limits, id, Transactions.append(Samples.draft("a"), Samples.now())))
                    .isInstanceOf(StorageUnavailable.class);
        }
        assertThatThrownBy(() -> within(failing, limits, id, tx -> {
            tx.record(tx.conversation().append(Samples.draft("a"), Samples.now()));
            tx.record(tx.conversation().append(Samples.draft("b"), Samples.now()));
            return true;
        })).isInstanceOf(CommitOutcomeUnknown.class);
        exceeds(Quota.STORED_BYTES, 2 * WEIGHT,
                () -> within(failing, limits, id, Transactions.append(Samples.draft("a"), Samples.now())));
    }

    @Test
    void work_that_no_request_does_and_requests_without_a_quota_are_not_limited_and_read_no_usage() {
        ConversationId id = started();
        store.transact(id, Transactions.append(Samples.draft("a"), Samples.now()));
        append(Limits.NONE, id, Samples.draft("b"));

        assertThat(readings).as("usages read").hasValue(0);
    }
}
