package dev.confab.adapter.persistence.contract.clause.write;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.conversation.VersionConflict;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** S7: a transaction commits if the conversation has the version that it expects; otherwise it fails and names the current version. */
public abstract class PreconditionContract extends ContractTest {

    @Test
    void exactly_one_of_16_transactions_that_expect_the_same_version_commits_S7() {
        ConversationId id = start();

        for (int round = 0; round < 20; round++) {
            Version expected = head(id).version();
            List<Version> found = TestThreads.run(16, thread -> appendExpecting(id, expected));

            assertThat(Collections.frequency(found, expected)).isOne();
            assertThat(Collections.frequency(found, expected.next())).isEqualTo(15);
            assertThat(head(id).version()).isEqualTo(expected.next());
        }
        assertThat(head(id).messageCount()).isEqualTo(20);
    }

    @Test
    void a_conflict_names_the_version_found_and_records_nothing_S7() {
        ConversationId id = startWith("one", "two", "three");

        assertThatThrownBy(() -> store().transact(id,
                Transactions.append(draft("late"), Optional.of(new Version(2)), now())))
                .isInstanceOfSatisfying(VersionConflict.class, conflict -> {
                    assertThat(conflict.conversationId()).isEqualTo(id);
                    assertThat(conflict.current()).isEqualTo(new Version(4));
                });

        assertThat(texts(id)).containsExactly("one", "two", "three");
    }

    @Test
    void expecting_the_version_before_any_change_is_a_conflict_S7() {
        ConversationId id = startWith("one", "two");

        for (Runnable change : List.<Runnable>of(() -> rename(id, "title"),
                () -> edit(id, messages(id).getFirst(), "edited"), () -> change(id, head -> head.clear(now())), () -> {
                    delete(id);
                    restore(id);
                })) {
            Version before = head(id).version();
            change.run();
            Version after = head(id).version();
            assertThat(appendExpecting(id, before)).isEqualTo(after).isNotEqualTo(before);
        }
    }

    /** Returns the expected version if the append committed, else the version that the conflict named. */
    private Version appendExpecting(ConversationId id, Version expected) {
        try {
            store().transact(id, Transactions.append(draft("mine"), Optional.of(expected), now()));
            return expected;
        } catch (VersionConflict conflict) {
            return conflict.current();
        }
    }
}
