package dev.confab.adapter.persistence.contract.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.Faults;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.reference.ReferenceConversation;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.VersionConflict;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Window;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.UnitOfWork;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records real threads on the reference store and on broken ones, and checks the histories. */
class HistoryTest {
    private static final OwnerId OWNER = new OwnerId("me");
    private final long seed = System.nanoTime();
    private final History history = new History();
    private final ReferenceStorage storage = new ReferenceStorage();

    @Test
    void a_correct_store_with_storage_failures_has_a_history_without_violations() {
        var store = new ReferenceStore(storage, TestThreads.DEADLINE);

        run(16, 200, store);

        assertThat(history.operations()).hasSizeGreaterThan(3_000)
                .anyMatch(operation -> operation instanceof Operation.Transact transact
                        && transact.outcome() instanceof Operation.OutcomeUnknown);
        assertThat(HistoryChecker.check(history)).as("seed %d", seed).isEmpty();
    }

    @Test
    void a_long_history_is_checked() {
        var store = new ReferenceStore(storage, TestThreads.DEADLINE);
        run(64, 50, store);

        // CPU time of this thread: on a busy machine the same work takes much longer by the clock.
        var thread = ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadCpuTime();
        HistoryChecker.verify(history);

        assertThat(Duration.ofNanos(thread.getCurrentThreadCpuTime() - before)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void a_reader_one_commit_behind_is_reported_S6() {
        var previous = new ConcurrentHashMap<ConversationId, Optional<ReferenceConversation>>();
        var store = new ReferenceStore(storage, TestThreads.DEADLINE) {
            @Override
            protected void commit(Change change) {
                previous.put(change.id(), current(change.id()));
                super.commit(change);
            }

            @Override
            protected Optional<ReferenceConversation> visible(ConversationId id) {
                return previous.getOrDefault(id, Optional.empty());
            }
        };

        run(4, 50, store);

        assertThat(HistoryChecker.check(history)).as("seed %d", seed).extracting(Violation::clause).contains("S6");
    }

    @Test
    void a_transaction_on_a_stale_state_is_reported_S3() {
        var previous = new ConcurrentHashMap<ConversationId, Optional<ReferenceConversation>>();
        var commits = new AtomicLong();
        var store = new ReferenceStore(storage, TestThreads.DEADLINE) {
            @Override
            protected <R> UnitOfWork.Outcome<R> run(ConversationId id,
                    Optional<ReferenceConversation> state, Function<ConversationTransaction, R> work) {
                var stale = previous.put(id, state);
                // Only states with fewer messages: a commit that keeps messages which no longer exist would fail, and not go wrong.
                boolean isBehind = stale != null && !stale.equals(state) && count(stale) <= count(state);
                return super.run(id, isBehind && commits.incrementAndGet() % 10 == 0 ? stale : state, work);
            }

            private int count(Optional<ReferenceConversation> state) {
                return state.map(present -> present.messages().size()).orElse(0);
            }
        };

        run(4, 50, store);

        assertThat(HistoryChecker.check(history)).as("seed %d", seed).extracting(Violation::clause).contains("S3");
    }

    /** Runs threads that write and read three conversations in all ways. */
    private void run(int threads, int calls, ReferenceStore plain) {
        List<ConversationId> ids = IntStream.range(0, 3).mapToObj(i -> new ConversationId(new UUID(7, i))).toList();
        for (ConversationId id : ids) {
            history.recording((ConversationStore) plain).transact(id, tx -> {
                tx.record(Conversation.start(id, OWNER, Optional.empty(), Metadata.EMPTY, HistoryBuilder.digest(),
                        HistoryBuilder.NOW));
                return id;
            });
        }
        TestThreads.run(threads, thread -> {
            var random = new Random(seed + thread);
            for (int call = 0; call < calls; call++) {
                one(random, ids.get(random.nextInt(ids.size())), plain);
            }
            return thread;
        });
    }

    private void one(Random random, ConversationId id, ReferenceStore plain) {
        RecordingStore store = history.recording((ConversationStore) plain);
        ConversationReader reader = history.recording((ConversationReader) plain);
        try {
            switch (random.nextInt(14)) {
                case 0, 1, 2, 3 -> store.transact(id, tx -> append(tx, random.nextInt(5_000)));
                case 4 -> store.transact(id, tx -> List.of(append(tx, -1), append(tx, -1)));
                case 5 -> {
                    var expected = plain.find(id, Samples.now()).orElseThrow(() -> new ConversationNotFound(id))
                            .version();
                    store.transact(id, expected, tx -> {
                        tx.conversation().expect(Precondition.exactly(expected));
                        return append(tx, -1);
                    });
                }
                case 6 -> store.transact(id, tx -> {
                    var title = Optional.of(new Title("title " + random.nextInt(3)));
                    tx.conversation().rename(title, HistoryBuilder.NOW).ifPresent(tx::record);
                    return tx.messageAt(1);
                });
                case 7 -> store.transact(id, tx -> {
                    tx.messageAt(1 + tx.conversation().messageCount() * 3 / 4)
                            .flatMap(last -> tx.conversation().truncateAfter(last, HistoryBuilder.NOW))
                            .ifPresent(tx::record);
                    return tx.find();
                });
                case 8 -> {
                    store.transact(id, tx -> tx.find().flatMap(head -> head.delete(HistoryBuilder.NOW)).map(event -> {
                        tx.record(event);
                        return event;
                    }));
                    store.transact(id, tx -> tx.find().flatMap(head -> head.restore(HistoryBuilder.NOW)).map(event -> {
                        tx.record(event);
                        return event;
                    }));
                }
                case 9 -> reader.read(id, random.nextBoolean() ? Window.last(10) : Window.first(1_000), Samples.now());
                case 10 -> reader.changesSince(id, random.nextInt(50), Samples.now());
                case 11 ->
                    reader.list(OWNER, new ListQuery(ListQuery.Sort.UPDATED, 10, Optional.empty()), Samples.now());
                case 12 -> reader.find(id, Samples.now());
                default -> storage.failNextCommit(
                        random.nextBoolean() ? Faults.Failure.REFUSED : Faults.Failure.UNKNOWN);
            }
        } catch (ConversationNotFound | VersionConflict | StorageUnavailable | CommitOutcomeUnknown expected) {
            // the history contains it
        }
    }

    /** @param number of the message; negative for a message with a new id */
    private static Message append(ConversationTransaction tx, int number) {
        MessageId id = number < 0 ? new MessageId(UUID.randomUUID()) : HistoryBuilder.messageId(number);
        Conversation head = tx.conversation();
        return tx.message(id).orElseGet(() -> {
            var event = head.append(MessageDraft.of(id, Role.USER, "message " + id), HistoryBuilder.NOW);
            tx.record(event);
            return event.message();
        });
    }
}
