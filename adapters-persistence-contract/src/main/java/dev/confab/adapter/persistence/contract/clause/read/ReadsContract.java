package dev.confab.adapter.persistence.contract.clause.read;

import dev.confab.adapter.persistence.contract.harness.BusyConversation;
import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.query.Changes;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Window;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** S5: readers see whole commits and do not wait. */
public abstract class ReadsContract extends ContractTest {
    @Test
    void readers_do_not_wait_for_a_running_transaction_and_do_not_see_its_events_S5() {
        ConversationId id = startWith("word");
        Conversation before = head(id);
        Message first = messages(id).getFirst();

        try (var held = new BusyConversation<>(store(), id, tx -> {
            tx.record(tx.conversation().append(draft("word dirty"), now()));
            tx.record(tx.conversation().rename(Samples.title("word dirty"), now()).orElseThrow());
            return tx.conversation();
        })) {
            assertThat(soon(() -> head(id))).isEqualTo(before);
            assertThat(soon(() -> messages(id))).containsExactly(first);
            assertThat(soon(() -> reader().read(id, first.id(), now())).conversation()).isEqualTo(before);
            assertThat(soon(() -> reader().changesSince(id, 0, now())).messages()).containsExactly(first);
            assertThat(soon(() -> list(ALICE, ListQuery.Sort.UPDATED))).containsExactly(before);
            assertThat(soon(() -> search("word"))).hasSize(1);
            Conversation after = held.release();
            assertThat(head(id)).isEqualTo(after);
        }
    }

    @Test
    void readers_see_whole_commits_and_never_go_back_S5() {
        ConversationId id = start();

        TestThreads.race(round -> {
            if (round % 50 == 0) {
                change(id, head -> head.clear(now()));
            } else {
                appendAll(id, List.of(draft("a"), draft("b"), draft("c")));
            }
        }, () -> {
            var last = new AtomicLong();
            return () -> {
                ConversationWindow window = reader().read(id, Window.last(1_000), now());
                long version = window.conversation().version().value();
                assertThat(version).isGreaterThanOrEqualTo(last.getAndSet(version));
                assertThat(window.messages()).hasSize(window.conversation().messageCount());
                assertThat(window.messages().size() % 3).isZero();
                return version;
            };
        });
    }

    @Test
    void all_messages_of_a_window_are_from_one_version_S5() {
        ConversationId id = startWith("generation 0");

        TestThreads.race(round -> replaceAll(id, round), () -> () -> {
            List<Message> messages = reader().read(id, Window.first(100), now()).messages();
            String text = messages.getFirst().text();
            long generation = generation(text);
            assertThat(messages).allMatch(message -> message.text().equals(text));
            assertThat(messages).hasSize((int) (generation % 7 + 1));
            return generation;
        });
    }

    @Test
    void head_and_messages_of_a_window_are_from_one_version_S5() {
        ConversationId id = startWith("generation 0");

        TestThreads.race(round -> replaceAll(id, round), () -> () -> {
            ConversationWindow window = reader().read(id, Window.last(100), now());
            assertThat(window.messages()).hasSize(window.conversation().messageCount());
            assertThat(window.messages().getFirst().version()).isEqualTo(window.conversation().version());
            return generation(window.messages().getFirst().text());
        });
    }

    @Test
    void applying_changes_to_a_copy_gives_the_conversation_S5() {
        ConversationId id = startWith("generation 0");

        TestThreads.race(round -> replaceAll(id, round), () -> {
            var copy = new TreeMap<Integer, String>();
            var version = new AtomicLong();
            return () -> {
                Changes changes = reader().changesSince(id, version.get(), now());
                changes.messages().forEach(message -> copy.put(message.position(), message.text()));
                copy.tailMap(changes.conversation().messageCount(), false).clear();
                version.set(changes.conversation().version().value());
                assertThat(copy).hasSize(changes.conversation().messageCount());
                assertThat(copy.values().stream().distinct().toList()).hasSize(1);
                return generation(copy.firstEntry().getValue());
            };
        });
    }

    /** Replaces all messages in one commit. The text of each new message determines how many there are. */
    private void replaceAll(ConversationId id, int generation) {
        List<MessageDraft> drafts = Stream.generate(() -> draft("generation " + generation)).limit(generation % 7 + 1L)
                .toList();
        store().transact(id, tx -> {
            tx.record(tx.conversation().clear(now()).orElseThrow());
            drafts.forEach(draft -> tx.record(tx.conversation().append(draft, now())));
            return tx.conversation();
        });
    }

    private static long generation(String text) {
        return Long.parseLong(text.substring("generation ".length()));
    }
}
