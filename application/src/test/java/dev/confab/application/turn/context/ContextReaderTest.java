package dev.confab.application.turn.context;

import static dev.confab.application.conversation.World.ANN;
import static dev.confab.application.conversation.World.MADE;
import static dev.confab.application.conversation.World.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.application.Messages.Edit;
import dev.confab.application.Messages.NewMessage;
import dev.confab.application.Transfer.ChangedMeanwhile;
import dev.confab.application.Turns.ContextTooLarge;
import dev.confab.application.conversation.World;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.TokenWindow;
import dev.confab.domain.query.TokenWindow.Counted;
import dev.confab.domain.query.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A message of one word has two tokens here, and the answer one. */
class ContextReaderTest {
    private final WordCounter counter = new WordCounter();
    private final ReadingStore store = new ReadingStore();
    private final World world = new World(store);

    @Test
    void the_newest_messages_that_fit_are_told_without_a_gap() {
        ConversationId id = history("u one", "a two", "u a b c d e f", "a four", "u five");

        assertThat(told(id, 5)).containsExactly("four", "five");
        // The third message does not fit, so the second is not told either.
        assertThat(told(id, 11)).containsExactly("four", "five");
        assertThat(told(id, 12)).containsExactly("a b c d e f", "four", "five");
        assertThat(told(id, 16)).containsExactly("one", "two", "a b c d e f", "four", "five");
        assertThat(select(id, 12)).returns(11, TokenWindow::tokens).returns(2, TokenWindow::omitted)
                .returns("words", TokenWindow::encoding).returns(6L, window -> window.conversation().version().value());
        assertThat(select(id, 16)).returns(15, TokenWindow::tokens).returns(0, TokenWindow::omitted);
    }

    @Test
    void system_messages_are_told_always_and_in_their_places() {
        ConversationId id = history("s rule1", "u one", "s rule2", "u two", "a three", "u four");

        assertThat(told(id, 7)).containsExactly("rule1", "rule2", "four");
        assertThat(told(id, 9)).containsExactly("rule1", "rule2", "three", "four");
        assertThat(told(id, 11)).containsExactly("rule1", "rule2", "two", "three", "four");
        assertThat(select(id, 11).omitted()).isEqualTo(1);
        assertThat(told(id, 13)).containsExactly("rule1", "one", "rule2", "two", "three", "four");
    }

    @Test
    void a_call_and_its_results_are_told_together_or_not_at_all() {
        ConversationId id = history("u one", "a call", "t r1", "t r2", "a reply", "u two");

        assertThat(told(id, 9)).containsExactly("reply", "two");
        assertThat(told(id, 10)).containsExactly("reply", "two");
        assertThat(told(id, 11)).containsExactly("call", "r1", "r2", "reply", "two");
        assertThat(select(id, 10).omitted()).isEqualTo(4);
    }

    @Test
    void the_results_that_a_turn_starts_with_are_told_with_their_call() {
        ConversationId id = history("u one", "a call", "t r1", "t r2");

        assertThat(told(id, 7)).containsExactly("call", "r1", "r2");
        assertThatThrownBy(() -> select(id, 6)).isInstanceOf(ContextTooLarge.class);
    }

    @Test
    void results_without_a_call_are_told_like_other_messages() {
        assertThat(told(history("t r1", "u one"), 5)).containsExactly("r1", "one");
        assertThat(told(history("u one", "t r1", "u two"), 5)).containsExactly("r1", "two");
    }

    @Test
    void removed_messages_take_no_room_and_are_not_told() {
        ConversationId id = history("u one", "a two", "s rule", "t r1", "u three", "u four");
        remove(id, 2, 3, 5, 6);

        assertThat(told(id, 3)).containsExactly("r1");
        assertThat(select(id, 3)).returns(3, TokenWindow::omitted);
        assertThat(told(id, 5)).containsExactly("one", "r1");
        assertThat(select(id, 5)).returns(0, TokenWindow::omitted);
    }

    @Test
    void what_must_be_told_is_not_cut() {
        assertThatThrownBy(() -> select(history("u one", "u a b c"), 4)).isInstanceOfSatisfying(ContextTooLarge.class,
                tooLarge -> assertThat(tooLarge.budget()).isEqualTo(4));
        assertThat(told(history("u one", "u a b c"), 5)).containsExactly("a b c");
        assertThatThrownBy(() -> select(history("s a b c", "u one"), 6)).isInstanceOf(ContextTooLarge.class);
        assertThat(told(history("s a b c", "u one"), 7)).containsExactly("a b c", "one");
    }

    @Test
    void an_empty_conversation_has_nothing_to_tell() {
        assertThat(select(history(), 1)).returns(List.of(), TokenWindow::messages).returns(0, TokenWindow::omitted);
    }

    @Test
    void a_long_conversation_is_told_as_a_whole_if_it_fits() {
        String[] texts = IntStream.rangeClosed(1, 3_333).mapToObj(i -> (i % 700 == 3 ? "s " : "u ") + i)
                .toArray(String[]::new);
        ConversationId id = history(texts);

        assertThat(select(id, 100_000)).returns(0, TokenWindow::omitted).returns(6_666, TokenWindow::tokens);
        assertThat(told(id, 100_000))
                .isEqualTo(IntStream.rangeClosed(1, 3_333).mapToObj(Integer::toString).toList());
    }

    /** System messages are sought among the first messages; those between them and the newest ones are not read. */
    @Test
    void only_what_fits_and_the_beginning_is_read_of_a_long_conversation() {
        String[] texts = IntStream.rangeClosed(1, 5_000).mapToObj(i -> (i % 500 == 7 ? "s " : "u ") + i)
                .toArray(String[]::new);
        ConversationId id = history(texts);
        store.read = 0;
        counter.counted.set(0);

        assertThat(told(id, 25)).containsExactly("7", "507", "4991", "4992", "4993", "4994", "4995", "4996", "4997",
                "4998",
                "4999", "5000");
        assertThat(store.read).isEqualTo(ContextReader.FIRST_PAGE + Window.MAX_LIMIT);
        assertThat(counter.counted.get()).isLessThan(20);
    }

    @Test
    void data_that_are_not_told_do_not_fill_the_memory() {
        ConversationId id = history();
        String data = "{\"a\":\"" + "x".repeat(Message.MAX_DATA_BYTES - 10) + "\"}";
        for (int i = 1; i <= 12; i++) {
            append(id, i % 4 == 0 ? Role.ASSISTANT : Role.USER, "m" + i, Optional.of(data));
        }

        List<Counted> told = select(id, 1_000).messages();

        assertThat(told).hasSizeBetween(2, 8);
        assertThat(told.getLast().message().text()).isEqualTo("m12");
    }

    @Test
    void a_run_of_results_with_much_data_is_cut_rather_than_held_in_memory() {
        ConversationId id = history();
        String data = "{\"a\":\"" + "x".repeat(Message.MAX_DATA_BYTES - 10) + "\"}";
        append(id, Role.ASSISTANT, "call", Optional.empty());
        for (int i = 1; i <= 12; i++) {
            append(id, Role.TOOL, "r" + i, Optional.of(data));
        }

        assertThat(told(id, 1_000)).hasSizeBetween(2, 8).endsWith("r12").doesNotContain("call");
    }

    @Test
    void all_messages_are_of_one_version() {
        String[] texts = IntStream.rangeClosed(1, 1_500).mapToObj(i -> "u " + i).toArray(String[]::new);
        ConversationId id = history(texts);
        store.afterNextRead = () -> edit(id, 1, "edited");

        assertThat(told(id, 10_000)).startsWith("edited", "2").hasSize(1_500);

        store.afterNextRead = () -> append(id, Role.USER, "later", Optional.empty());
        assertThat(told(id, 10_000)).endsWith("1500").hasSize(1_500);

        store.afterEachRead = () -> edit(id, 1, "edited " + store.read);
        assertThatThrownBy(() -> select(id, 10_000)).isInstanceOf(ChangedMeanwhile.class);
    }

    @Test
    void a_smaller_budget_leaves_out_the_oldest_and_keeps_what_must_be_told() {
        ConversationId id = history("s rule", "u one", "a call", "t r1", "u two", "u three");
        SelectedMessages selected = new ContextReader(store).select(id, ContextReader.TO_THE_END,
                counter.encoding(Optional.empty()), 13, 1, world.now);

        assertThat(texts(selected.within(13, 1))).containsExactly("rule", "one", "call", "r1", "two", "three");
        assertThat(texts(selected.within(13, 2))).containsExactly("rule", "call", "r1", "two", "three");
        assertThat(texts(selected.within(13, 4))).containsExactly("rule", "two", "three");
        assertThat(texts(selected.within(13, 9))).containsExactly("rule", "three");
        assertThatThrownBy(() -> selected.within(13, 10)).isInstanceOf(ContextTooLarge.class);
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream().map(Message::text).toList();
    }

    private List<String> told(ConversationId id, int budget) {
        return texts(select(id, budget).messages().stream().map(Counted::message).toList());
    }

    private TokenWindow select(ConversationId id, int budget) {
        TokenWindow window = new ContextReader(store).select(id, ContextReader.TO_THE_END,
                counter.encoding(Optional.empty()), budget, 1, world.now).window();
        assertThat(window.tokens()).isLessThan(budget);
        return window;
    }

    /** @param messages the first letter of the role, a space, the text */
    private ConversationId history(String... messages) {
        ConversationId id = world.started().id();
        var all = new ArrayList<NewMessage>();
        for (String message : messages) {
            Role role = switch (message.charAt(0)) {
                case 's' -> Role.SYSTEM;
                case 'a' -> Role.ASSISTANT;
                case 't' -> Role.TOOL;
                default -> Role.USER;
            };
            all.add(new NewMessage(MADE, role, message.substring(2), Optional.empty(), Metadata.EMPTY));
        }
        for (int from = 0; from < all.size(); from += 1_000) {
            world.messages.appendAll(ANN, id, all.subList(from, Math.min(all.size(), from + 1_000)), NONE);
        }
        return id;
    }

    private void append(ConversationId id, Role role, String text, Optional<String> data) {
        world.messages.append(ANN, id, new NewMessage(MADE, role, text, data, Metadata.EMPTY), NONE);
    }

    private void edit(ConversationId id, int position, String text) {
        Message message = world.all(id).get(position - 1);
        world.messages.edit(ANN, id, message.id(),
                new Edit(_ -> text, UnaryOperator.identity(), UnaryOperator.identity()), NONE);
    }

    private void remove(ConversationId id, Integer... positions) {
        List<Message> all = world.all(id);
        for (int position : positions) {
            world.messages.remove(ANN, id, all.get(position - 1).id(), NONE);
        }
    }

    /** Counts the messages that are read, and lets a test come between two reads. */
    private static final class ReadingStore extends ReferenceStore {
        private static final Runnable NOTHING = () -> {
        };
        int read;
        Runnable afterNextRead = NOTHING;
        Runnable afterEachRead = NOTHING;

        @Override
        public ConversationWindow read(ConversationId id, Window window, Instant now) {
            ConversationWindow result = super.read(id, window, now);
            read += result.messages().size();
            Runnable then = afterNextRead;
            afterNextRead = NOTHING;
            then.run();
            Runnable always = afterEachRead;
            afterEachRead = NOTHING;
            always.run();
            afterEachRead = always;
            return result;
        }
    }
}
