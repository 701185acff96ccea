package dev.confab.adapter.persistence.contract;

import static dev.confab.adapter.persistence.contract.Samples.ALICE;
import static dev.confab.adapter.persistence.contract.Samples.draft;
import static dev.confab.adapter.persistence.contract.Samples.now;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Draft;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.ConversationReader.Changes;
import dev.confab.domain.port.ConversationReader.ConversationWindow;
import dev.confab.domain.port.ListQuery;
import dev.confab.domain.port.SearchQuery;
import dev.confab.domain.port.Window;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** S5: readers see whole commits, and wait for nobody. */
public abstract class ReadsContract extends ContractTest {
    private static final int ROUNDS = 60;

    @Test
    void a_reader_neither_waits_for_a_work_under_way_nor_sees_it_S5() {
        ConversationId id = startWith("word");
        Conversation before = head(id);
        Message first = messages(id).getFirst();

        try (var held = new HeldConversation<>(store(), id, tx -> {
            tx.record(tx.conversation().append(draft("word dirty"), now()));
            tx.record(tx.conversation().rename(Samples.title("word dirty"), now()).orElseThrow());
            return tx.conversation();
        })) {
            assertThat(soon(() -> head(id))).isEqualTo(before);
            assertThat(soon(() -> messages(id))).containsExactly(first);
            assertThat(soon(() -> reader().read(id, first.id())).conversation()).isEqualTo(before);
            assertThat(soon(() -> reader().changesSince(id, 0)).messages()).containsExactly(first);
            assertThat(soon(
                    () -> reader().list(ALICE, new ListQuery(ListQuery.Sort.UPDATED, 10, Optional.empty())).items()))
                    .containsExactly(before);
            assertThat(soon(() -> reader().search(ALICE,
                    new SearchQuery("word", false, Optional.empty(), 10, Optional.empty())).items())).hasSize(1);
            Conversation after = held.release();
            assertThat(head(id)).isEqualTo(after);
        }
    }

    @Test
    void readers_never_see_a_part_of_a_commit_nor_an_older_one_again_S5() {
        ConversationId id = start();

        Together.run(4, thread -> {
            for (int round = 0; thread == 0 && round < ROUNDS; round++) {
                appendAll(id, List.of(draft("a"), draft("b"), draft("c")));
            }
            long last = 0;
            while (Together.goesOn() && thread > 0 && last < 3 * ROUNDS + 1) {
                ConversationWindow window = reader().read(id, Window.last(1_000));
                long version = window.conversation().version().value();
                assertThat(version).isGreaterThanOrEqualTo(last);
                assertThat(window.messages()).hasSize(window.conversation().messageCount());
                assertThat(window.messages().size() % 3).isZero();
                assertThat(version).isEqualTo(window.messages().size() + 1L);
                last = version;
            }
            return thread;
        });
    }

    @Test
    void a_window_is_one_moment_S5() {
        ConversationId id = startWith("generation 0");

        Together.run(3, thread -> {
            for (int n = 1; thread == 0 && n <= ROUNDS; n++) {
                replaceAll(id, n, n % 7 + 1);
            }
            long last = 0;
            while (Together.goesOn() && thread > 0 && last < ROUNDS) {
                List<Message> messages = reader().read(id, Window.first(100)).messages();
                String text = messages.getFirst().text();
                assertThat(messages).allMatch(message -> message.text().equals(text));
                last = Long.parseLong(text.substring("generation ".length()));
                assertThat(messages).hasSize((int) (last % 7 + 1));
            }
            return thread;
        });
    }

    @Test
    void changes_applied_to_a_copy_give_the_conversation_S5() {
        ConversationId id = startWith("generation 0");

        Together.run(3, thread -> {
            for (int n = 1; thread == 0 && n <= ROUNDS; n++) {
                replaceAll(id, n, n % 7 + 1);
            }
            var copy = new TreeMap<Integer, String>();
            long version = 0;
            String last = "";
            while (Together.goesOn() && thread > 0 && !last.equals("generation " + ROUNDS)) {
                Changes changes = reader().changesSince(id, version);
                changes.messages().forEach(message -> copy.put(message.position(), message.text()));
                copy.tailMap(changes.conversation().messageCount(), false).clear();
                version = changes.conversation().version().value();
                last = copy.lastEntry().getValue();
                assertThat(copy.values().stream().distinct().toList()).hasSize(1);
            }
            return thread;
        });
    }

    /** In one commit: all messages go, others come, each of which tells how many. */
    private void replaceAll(ConversationId id, int generation, int count) {
        List<Draft> drafts = IntStream.range(0, count).mapToObj(n -> draft("generation " + generation))
                .toList();
        store().transact(id, tx -> {
            tx.record(tx.conversation().clear(now()).orElseThrow());
            drafts.forEach(draft -> tx.record(tx.conversation().append(draft, now())));
            return tx.conversation();
        });
    }

    private static <T> T soon(Callable<T> read) {
        return Together.get(Together.start(read), Duration.ofSeconds(10));
    }
}
