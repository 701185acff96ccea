package dev.confab.adapter.persistence.contract.clause.write;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.query.ListQuery;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** S2: acknowledged commits survive a crash. */
public abstract class DurabilityContract extends ContractTest {

    @Test
    void acknowledged_commits_survive_a_crash_S2() {
        ConversationId id = start(ALICE, Samples.title("needle"));
        List<Message> acknowledged = IntStream.range(0, 10).mapToObj(n -> append(id, "needle " + n)).toList();
        Conversation head = head(id);

        db().crash();

        assertThat(head(id)).isEqualTo(head);
        assertThat(messages(id)).isEqualTo(acknowledged);
        assertThat(list(ALICE, ListQuery.Sort.UPDATED)).containsExactly(head);
        assertThat(search("needle")).hasSize(11);
        assertThat(append(id, "after").position()).isEqualTo(11);
    }

    @Test
    void each_kind_of_commit_survives_a_crash_right_after_it_S2() {
        ConversationId id = start();

        for (int n = 1; n <= 2; n++) {
            Message acknowledged = append(id, "message " + n);
            db().crash();
            assertThat(messages(id)).hasSize(n).endsWith(acknowledged);
        }
        delete(id);
        db().crash();
        assertThat(reader().find(id, now())).isEmpty();
        assertThat(restore(id).messageCount()).isEqualTo(2);
        db().crash();
        assertThat(head(id).messageCount()).isEqualTo(2);
    }

    @Test
    void a_crash_during_many_appends_loses_no_acknowledged_message_S2() {
        List<ConversationId> ids = Stream.generate(this::start).limit(4).toList();
        ConversationStore abandoned = store();
        Queue<Message> acknowledged = new ConcurrentLinkedQueue<>();
        var stop = new AtomicBoolean();
        var under = new CountDownLatch(100);

        List<Future<Boolean>> writers = IntStream.range(0, 16).mapToObj(thread -> TestThreads.start(() -> {
            try {
                while (!stop.get()) {
                    acknowledged.add(abandoned.transact(ids.get(thread % 4),
                            Transactions.append(draft("x" + thread), now())));
                    under.countDown();
                }
            } catch (StorageException | IllegalStateException crashed) {
                return true;
            }
            return false;
        })).toList();
        TestThreads.await(under);
        List<Message> before = List.copyOf(acknowledged);
        db().crash();
        stop.set(true);
        writers.forEach(writer -> TestThreads.get(writer, TestThreads.DEADLINE));

        List<Message> stored = ids.stream().flatMap(id -> messages(id).stream()).toList();
        assertThat(stored).containsAll(before).containsAll(acknowledged);
        ids.forEach(id -> assertPositions(messages(id), head(id).messageCount()));
    }
}
