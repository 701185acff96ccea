package dev.confab.adapter.persistence.contract.clause.read;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Window;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** S6: every read that starts after a commit sees this commit. */
public abstract class RealTimeContract extends ContractTest {

    @Test
    void every_thread_reads_a_commit_as_soon_as_transact_returns_S6() {
        TestThreads.run(8, thread -> {
            ConversationId id = start();
            for (int n = 1; n <= 20; n++) {
                Message appended = append(id, "message " + n);
                Future<ConversationWindow> read = TestThreads.start(() -> reader().read(id, Window.last(1), now()));
                assertThat(TestThreads.get(read, TestThreads.DEADLINE).messages()).containsExactly(appended);
                assertThat(head(id).version()).isEqualTo(appended.version());
                assertThat(reader().changesSince(id, n, now()).messages()).containsExactly(appended);
            }
            return thread;
        });
    }

    @Test
    void every_instance_reads_a_commit_as_soon_as_transact_returns_S6() {
        ConversationId id = start();
        StoreUnderTest other = opened(db().another());

        for (int n = 1; n <= 20; n++) {
            StoreUnderTest writing = n % 2 == 0 ? db() : other;
            StoreUnderTest reading = n % 2 == 0 ? other : db();
            Message appended = writing.store().transact(id, Transactions.append(draft("message"), now()));
            assertThat(reading.reader().read(id, Window.last(1), now()).messages()).containsExactly(appended);
            var newest = new ListQuery(ListQuery.Sort.UPDATED, 1, Optional.empty());
            assertThat(reading.reader().list(ALICE, newest, now()).items()).extracting(Conversation::version)
                    .containsExactly(appended.version());
            assertThat(reading.store().transact(id, Transactions::version)).isEqualTo(appended.version().value());
        }
    }

    @Test
    void all_appends_through_two_instances_are_recorded_S3_S6() {
        ConversationId id = start();
        StoreUnderTest other = opened(db().another());

        TestThreads.repeat(16, 5, (thread, n) -> (thread % 2 == 0 ? db() : other).store().transact(id,
                Transactions.append(draft("x"), now())));

        assertPositions(messages(id), 80);
        assertThat(other.reader().find(id, now()).map(Conversation::messageCount)).contains(80);
    }

    @Test
    void a_listener_can_read_the_commit_it_is_notified_of_S6() {
        ConversationId id = start();
        var received = new ConcurrentLinkedQueue<ChangeFeed.Hint>();
        var misread = new ConcurrentLinkedQueue<ChangeFeed.Hint>();

        try (var _ = db().feed().subscribe(hint -> {
            if (hint.conversation().equals(id)) {
                // Every commit here consists of one event, so the revision equals the version.
                if (head(id).version().value() < hint.revision()) {
                    misread.add(hint);
                }
                received.add(hint);
            }
        })) {
            for (int n = 0; n < 20; n++) {
                append(id, "message " + n);
            }
            TestThreads.await(() -> received.stream().anyMatch(hint -> hint.revision() == 21));
        }

        assertThat(misread).isEmpty();
        assertThat(received).allMatch(hint -> hint.owner().equals(ALICE) && hint.revision() <= 21);
    }
}
