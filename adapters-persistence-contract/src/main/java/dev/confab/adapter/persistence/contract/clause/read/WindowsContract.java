package dev.confab.adapter.persistence.contract.clause.read;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageNotFound;
import dev.confab.domain.query.Changes;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.Window;
import dev.confab.domain.query.Window.Order;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** S5: the content of windows and changes. */
public abstract class WindowsContract extends ContractTest {

    @Test
    void a_window_contains_the_messages_between_its_bounds_in_its_order_S5() {
        ConversationId id = startWith("1", "2", "3", "4", "5");

        assertWindow(id, Window.first(10), false, "1", "2", "3", "4", "5");
        assertWindow(id, Window.first(5), false, "1", "2", "3", "4", "5");
        assertWindow(id, Window.first(2), true, "1", "2");
        assertWindow(id, Window.after(3, 10), false, "4", "5");
        assertWindow(id, Window.after(5, 10), false);
        assertWindow(id, Window.after(Integer.MAX_VALUE, 10), false);
        assertWindow(id, Window.last(2), true, "5", "4");
        assertWindow(id, new Window(0, 1, 10, Order.ASCENDING), false);
        assertWindow(id, new Window(1, 5, 10, Order.ASCENDING), false, "2", "3", "4");
        assertWindow(id, new Window(1, 5, 2, Order.DESCENDING), true, "4", "3");
        assertWindow(id, new Window(4, 2, 10, Order.DESCENDING), false);
        assertWindow(start(), Window.last(10), false);
    }

    @Test
    void a_response_that_would_be_too_large_ends_early_and_says_so_S5() {
        ConversationId id = start();
        List<String> texts = IntStream.range(0, 10).mapToObj(n -> n + "x".repeat(Message.MAX_TEXT_BYTES - 1)).toList();
        texts.forEach(text -> append(id, text));

        for (Order order : Order.values()) {
            ConversationWindow window = reader().read(id, new Window(0, Integer.MAX_VALUE, 100, order), now());
            assertThat(window.more()).isTrue();
            assertThat(window.messages()).isNotEmpty().hasSizeLessThanOrEqualTo(8);
        }
        assertThat(texts(id).equals(texts)).isTrue();
        assertThat(reader().changesSince(id, 0, now())).isEqualTo(Changes.reset(head(id)));
        assertThat(reader().changesSince(id, 9, now()).messages()).hasSize(2);
    }

    @Test
    void changes_are_the_messages_newer_than_the_version_S5() {
        ConversationId id = startWith("one", "two", "three");
        Message two = messages(id).get(1);

        assertThat(reader().changesSince(id, 0, now()).messages()).isEqualTo(messages(id));
        assertThat(reader().changesSince(id, 4, now()).messages()).isEmpty();
        edit(id, two, "edited");
        assertThat(reader().changesSince(id, 4, now()).messages()).extracting(Message::text).containsExactly("edited");
        change(id, head -> head.truncateAfter(two, now()));
        Changes shorter = reader().changesSince(id, 5, now());
        assertThat(shorter.messages()).isEmpty();
        assertThat(shorter.reset()).isFalse();
        assertThat(shorter.conversation().messageCount()).isEqualTo(2);
        assertThat(reader().changesSince(id, 7, now())).isEqualTo(Changes.reset(head(id)));
    }

    @Test
    void too_many_changes_are_a_reset_S5() {
        ConversationId id = start();
        appendAll(id, IntStream.range(0, Changes.MAX_MESSAGES).mapToObj(n -> draft("x")).toList());

        assertThat(reader().changesSince(id, 0, now()).messages()).hasSize(Changes.MAX_MESSAGES);
        append(id, "one too many");
        assertThat(reader().changesSince(id, 0, now())).isEqualTo(Changes.reset(head(id)));
        assertThat(reader().changesSince(id, 2, now()).messages()).hasSize(Changes.MAX_MESSAGES);
    }

    @Test
    void missing_conversations_and_messages_are_not_found_S5() {
        ConversationId id = startWith("one");
        ConversationId nothing = Samples.newConversationId();

        assertThat(reader().find(nothing, now())).isEmpty();
        assertNotFound(() -> reader().read(nothing, Window.first(1), now()));
        assertNotFound(() -> reader().changesSince(nothing, 0, now()));
        assertThatThrownBy(() -> reader().read(id, Samples.newMessageId(), now())).isInstanceOf(MessageNotFound.class);
        Message one = messages(id).getFirst();
        Message gone = append(id, "gone");
        change(id, head -> head.truncateAfter(one, now()));
        assertThatThrownBy(() -> reader().read(id, gone.id(), now())).isInstanceOf(MessageNotFound.class);
    }

    private void assertWindow(ConversationId id, Window window, boolean more, String... texts) {
        ConversationWindow found = reader().read(id, window, now());
        assertThat(found.messages()).extracting(Message::text).containsExactly(texts);
        assertThat(found.more()).isEqualTo(more);
        assertThat(found.conversation()).isEqualTo(head(id));
    }
}
