package dev.confab.adapter.persistence.contract.clause.write;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.conversation.VersionConflict;
import dev.confab.domain.port.ConversationTransaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** S3: concurrent transactions on one conversation have the outcomes of a serial order. */
public abstract class SerialContract extends ContractTest {
    private static final int THREADS = 32;
    private static final int EACH = 10;

    @Test
    void appending_from_32_threads_keeps_every_message_S3() {
        ConversationId id = start();

        List<List<Message>> returned = TestThreads.run(THREADS, thread -> IntStream.range(0, EACH)
                .mapToObj(n -> append(id, thread + "/" + n)).toList());

        List<Message> stored = messages(id);
        assertThat(stored).containsExactlyInAnyOrderElementsOf(returned.stream().flatMap(List::stream).toList());
        assertPositions(stored, THREADS * EACH);
        assertThat(stored).extracting(message -> message.version().value())
                .containsExactlyElementsOf(LongStream.rangeClosed(2, THREADS * EACH + 1).boxed().toList());
        assertThat(head(id).messageCount()).isEqualTo(THREADS * EACH);
        for (List<Message> mine : returned) {
            assertThat(mine).extracting(Message::position).isSorted();
        }
    }

    @Test
    void no_increment_of_a_counter_is_lost_S3() {
        ConversationId id = start();

        List<List<Integer>> counts = TestThreads.run(16,
                thread -> IntStream.range(0, EACH).mapToObj(n -> countUp(id)).toList());

        assertThat(counts.stream().flatMap(List::stream).sorted().toList())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 16 * EACH).boxed().toList());
        assertThat(count(head(id))).isEqualTo(16 * EACH);
    }

    @Test
    void each_version_is_assigned_once_S3() {
        ConversationId id = start();

        List<List<Long>> versions = TestThreads.run(16, thread -> IntStream.range(0, EACH)
                .mapToObj(n -> store().transact(id, SerialContract::appendTwo)).flatMap(List::stream).toList());

        assertThat(versions.stream().flatMap(List::stream).sorted().toList())
                .containsExactlyElementsOf(LongStream.rangeClosed(2, 2 * 16 * EACH + 1).boxed().toList());
    }

    @Test
    void a_transaction_function_that_throws_discards_only_its_own_events_S3() {
        ConversationId id = start();

        TestThreads.repeat(THREADS, EACH, (thread, n) -> {
            if (n % 2 == 0) {
                append(id, "always " + thread);
            } else {
                assertThatThrownBy(() -> store().transact(id, throwing(thread))).isInstanceOf(ChangedItsMind.class);
            }
        });

        assertThat(texts(id)).hasSize(THREADS * EACH / 2).noneMatch(text -> text.startsWith("never"));
        assertThat(head(id).version().value()).isEqualTo(THREADS * EACH / 2 + 1);
    }

    @Test
    void a_transaction_that_returned_saw_only_committed_state_S3() {
        assertSeesOnlyCommittedState(id -> store().transact(id, Transactions::version));
    }

    @Test
    void a_transaction_that_threw_saw_only_committed_state_S3() {
        assertSeesOnlyCommittedState(this::conflictingVersion);
    }

    private void assertSeesOnlyCommittedState(ToLongFunction<ConversationId> versionSeen) {
        ConversationId id = start();

        TestThreads.repeat(4, 50, (thread, n) -> {
            if (thread == 0) {
                append(id, "message " + n);
            } else {
                long seen = versionSeen.applyAsLong(id);
                assertThat(head(id).version().value()).isGreaterThanOrEqualTo(seen);
            }
        });
    }

    private long conflictingVersion(ConversationId id) {
        try {
            return change(id, head -> {
                head.expect(Precondition.exactly(new Version(1_000_000)));
                return Optional.empty();
            }).version().value();
        } catch (VersionConflict conflict) {
            return conflict.current().value();
        }
    }

    private static Function<ConversationTransaction, Message> throwing(int thread) {
        return Transactions.append(draft("never " + thread), now()).andThen(message -> {
            throw new ChangedItsMind();
        });
    }

    private static List<Long> appendTwo(ConversationTransaction tx) {
        var first = tx.conversation().append(draft("first"), now());
        tx.record(first);
        var second = tx.conversation().append(draft("second"), now());
        tx.record(second);
        return List.of(first.version().value(), second.version().value());
    }

    private int countUp(ConversationId id) {
        return count(change(id, head -> head
                .changeMetadata(new Metadata(Map.of("count", Integer.toString(count(head) + 1))), now())));
    }

    private static int count(Conversation head) {
        return Integer.parseInt(head.metadata().pairs().getOrDefault("count", "0"));
    }

    private static final class ChangedItsMind extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
