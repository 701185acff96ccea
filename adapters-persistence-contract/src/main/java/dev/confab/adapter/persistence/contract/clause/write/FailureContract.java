package dev.confab.adapter.persistence.contract.clause.write;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.Faults;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageUnavailable;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** S15: an error says correctly whether the transaction is recorded. */
public abstract class FailureContract extends ContractTest {

    @Test
    void a_commit_that_the_storage_refused_is_not_recorded_S15() {
        ConversationId id = startWith("before");
        Conversation before = head(id);
        failNextCommit(Faults.Failure.REFUSED);

        assertThatThrownBy(() -> appendAll(id, List.of(draft("lost"), draft("lost"))))
                .isInstanceOf(StorageUnavailable.class);

        assertThat(head(id)).isEqualTo(before);
        assertThat(texts(id)).containsExactly("before");
        db().crash();
        assertThat(head(id)).isEqualTo(before);
        assertThat(append(id, "after").position()).isEqualTo(2);
    }

    @Test
    void a_conversation_does_not_exist_if_the_storage_refused_its_first_commit_S15() {
        ConversationId other = start();
        ConversationId id = Samples.newConversationId();
        failNextCommit(Faults.Failure.REFUSED);

        assertThatThrownBy(() -> create(Samples.started(id))).isInstanceOf(StorageUnavailable.class);

        assertThat(reader().find(id, now())).isEmpty();
        db().crash();
        assertThat(reader().find(id, now())).isEmpty();
        assertThat(reader().find(other, now())).isPresent();
    }

    @Test
    void a_commit_of_unknown_outcome_is_recorded_completely_or_not_at_all_S15() {
        ConversationId id = startWith("before");
        List<MessageDraft> batch = List.of(draft("a"), draft("b"), draft("c"));
        failNextCommit(Faults.Failure.UNKNOWN);

        assertThatThrownBy(() -> appendAll(id, batch)).isInstanceOf(CommitOutcomeUnknown.class);

        assertThat(texts(id)).isIn(List.of("before"), List.of("before", "a", "b", "c"));
        db().crash();
        assertThat(texts(id)).isIn(List.of("before"), List.of("before", "a", "b", "c"));
        List<Message> repeated = appendAll(id, batch);
        assertThat(messages(id)).hasSize(4).endsWith(repeated.toArray(Message[]::new));
    }

    @Test
    void readers_never_lose_sight_of_a_commit_of_unknown_outcome_S15() {
        ConversationId id = startWith("before");
        failNextCommit(Faults.Failure.UNKNOWN);
        assertThatThrownBy(() -> append(id, "perhaps")).isInstanceOf(CommitOutcomeUnknown.class);

        boolean seen = false;
        for (int n = 0; n < 100; n++) {
            boolean now = texts(id).contains("perhaps");
            assertThat(now || !seen).isTrue();
            seen = now;
        }
        db().crash();
        assertThat(texts(id).contains("perhaps") || !seen).isTrue();
    }

    @Test
    void a_storage_failure_among_many_writers_loses_no_acknowledged_message_S15() {
        for (Faults.Failure failure : Faults.Failure.values()) {
            ConversationId id = start();
            var acknowledged = new ConcurrentLinkedQueue<Message>();
            var certainlyNot = new ConcurrentLinkedQueue<MessageDraft>();

            TestThreads.repeat(8, 10, (thread, n) -> {
                if (thread == 0 && n == 5) {
                    failNextCommit(failure);
                }
                MessageDraft draft = draft(thread + "/" + n);
                try {
                    acknowledged.add(append(id, draft));
                } catch (CommitOutcomeUnknown unknown) {
                    // the message may be stored or not
                } catch (StorageUnavailable certain) {
                    certainlyNot.add(draft);
                }
            });
            db().crash();

            List<Message> stored = messages(id);
            assertThat(stored).containsAll(acknowledged);
            assertThat(stored).noneMatch(message -> certainlyNot.stream().anyMatch(draft -> draft.made(message)));
            assertThat(stored).hasSize(head(id).messageCount());
        }
    }
}
