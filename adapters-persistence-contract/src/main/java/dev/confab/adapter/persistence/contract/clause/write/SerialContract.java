package dev.confab.adapter.persistence.contract.clause.write;

import static dev.confab.adapter.persistence.contract.sample.Samples.draft;
import static dev.confab.adapter.persistence.contract.sample.Samples.now;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
        assertThat(stored).extracting(Message::position)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, THREADS * EACH).boxed().toList());
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

        List<List<Integer>> counts = TestThreads.run(16, thread -> IntStream.range(0, EACH).mapToObj(n -> countUp(id))
                .toList());

        assertThat(counts.stream().flatMap(List::stream).sorted().toList())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 16 * EACH).boxed().toList());
        assertThat(count(head(id))).isEqualTo(16 * EACH);
    }

    @Test
    void each_version_is_assigned_once_S3() {
        ConversationId id = start();

        List<List<Long>> versions = TestThreads.run(16, thread -> {
            List<Long> mine = new ArrayList<>();
            for (int n = 0; n < EACH; n++) {
                mine.addAll(store().transact(id, SerialContract::appendTwo));
            }
            return mine;
        });

        assertThat(versions.stream().flatMap(List::stream).sorted().toList())
                .containsExactlyElementsOf(LongStream.rangeClosed(2, 2 * 16 * EACH + 1).boxed().toList());
    }

    @Test
    void a_transaction_function_that_throws_discards_only_its_own_events_S3() {
        ConversationId id = start();

        List<Integer> landed = TestThreads.run(THREADS, thread -> {
            int mine = 0;
            for (int n = 0; n < EACH; n++) {
                mine += n % 2 == 0 ? landing(id, thread) : throwing(id, thread);
            }
            return mine;
        });

        assertThat(landed).containsOnly(EACH / 2);
        assertThat(texts(id)).hasSize(THREADS * EACH / 2).noneMatch(text -> text.startsWith("never"));
        assertThat(head(id).version().value()).isEqualTo(THREADS * EACH / 2 + 1);
    }

    @Test
    void a_transaction_that_returned_saw_only_committed_state_S3() {
        ConversationId id = start();

        TestThreads.run(4, thread -> {
            for (int n = 0; n < 50; n++) {
                if (thread == 0) {
                    append(id, "message " + n);
                } else {
                    long saw = store().transact(id, Transactions::version);
                    assertThat(head(id).version().value()).isGreaterThanOrEqualTo(saw);
                }
            }
            return thread;
        });
    }

    @Test
    void a_transaction_that_threw_saw_only_committed_state_S3() {
        ConversationId id = start();

        TestThreads.run(4, thread -> {
            for (int n = 0; n < 50; n++) {
                if (thread == 0) {
                    append(id, "message " + n);
                } else {
                    Version saw = conflictingVersion(id);
                    assertThat(head(id).version()).isGreaterThanOrEqualTo(saw);
                }
            }
            return thread;
        });
    }

    private Version conflictingVersion(ConversationId id) {
        try {
            return change(id, head -> {
                head.expect(Precondition.exactly(new Version(1_000_000)));
                return Optional.empty();
            }).version();
        } catch (VersionConflict conflict) {
            return conflict.current();
        }
    }

    private int landing(ConversationId id, int thread) {
        append(id, "always " + thread);
        return 1;
    }

    private int throwing(ConversationId id, int thread) {
        Function<ConversationTransaction, Message> work = Transactions.append(draft("never " + thread), now())
                .andThen(message -> {
                    throw new ChangedItsMind();
                });
        try {
            store().transact(id, work);
            return 1;
        } catch (ChangedItsMind expected) {
            return 0;
        }
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
