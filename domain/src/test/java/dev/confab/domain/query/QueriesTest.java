package dev.confab.domain.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class QueriesTest {
    private static final Instant EARLY = Instant.ofEpochMilli(1);
    private static final Instant LATE = Instant.ofEpochMilli(2);
    /** The high one has its top bit set: signed order would put it first. */
    private static final UUID LOW = new UUID(1, 1);
    private static final UUID HIGH = new UUID(-1, 1);

    @Test
    void list_keys_are_ordered_latest_first_then_by_id() {
        assertOrdered(List.of(listKey(LATE, LOW), listKey(LATE, HIGH), listKey(EARLY, LOW), listKey(EARLY, HIGH)));
    }

    @Test
    void search_keys_are_ordered_newest_first_then_titles_before_messages_by_id_then_by_conversation() {
        assertOrdered(Stream.of(LATE, EARLY)
                .flatMap(time -> Stream.of(Optional.<UUID>empty(), Optional.of(LOW), Optional.of(HIGH))
                        .flatMap(message -> Stream.of(LOW, HIGH)
                                .map(conversation -> new SearchQuery.Key(time, new ConversationId(conversation),
                                        message.map(MessageId::new)))))
                .toList());
    }

    @Test
    void limits_are_1_to_100_and_of_a_window_1_to_1000() {
        assertThatCode(() -> {
            list(1);
            list(100);
            search("word", 1);
            search("word", 100);
            Window.first(1);
            Window.last(1_000);
        }).doesNotThrowAnyException();
        assertRefused("limit", () -> list(0));
        assertRefused("limit", () -> list(101));
        assertRefused("limit", () -> search("word", 0));
        assertRefused("limit", () -> search("word", 101));
        assertRefused("limit", () -> Window.first(0));
        assertRefused("limit", () -> Window.last(1_001));
        assertRefused("after", () -> Window.after(-1, 1));
        assertRefused("before", () -> new Window(0, 0, 1, Window.Order.ASCENDING));
    }

    @Test
    void a_search_needs_a_word_in_at_most_1000_characters() {
        assertRefused("query", () -> search("", 1));
        assertRefused("query", () -> search(" ?! ", 1));
        assertRefused("query", () -> search("a".repeat(1_001), 1));
        assertThat(search("a".repeat(1_000), 1).phrases().terms()).containsExactly("a".repeat(100));
    }

    @Test
    void a_prefix_has_at_least_two_letters() {
        assertRefused("query", () -> prefix("a"));
        assertRefused("query", () -> prefix("needle n"));
        assertRefused("query", () -> prefix("file.t"));
        assertRefused("query", () -> prefix("𐐀"));
        assertThatCode(() -> {
            prefix("ne");
            prefix("旅");
            prefix("n needle");
            prefix("ﬁ");
        }).doesNotThrowAnyException();
    }

    @Test
    void a_filter_is_of_a_period_in_whole_milliseconds() {
        Instant time = Instant.parse("2026-01-31T09:30:00Z");
        assertRefused("from", () -> period(time, time));
        assertRefused("time", () -> period(time, time.plusNanos(1)));
        assertRefused("time", () -> period(Instant.MIN, time));
        assertThat(period(time, time.plusMillis(1)).from()).contains(time);
    }

    @Test
    void a_filter_has_valid_labels() {
        assertRefused("labels", () -> new SearchFilter(Optional.empty(), new TreeSet<>(List.of("")), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private static SearchFilter period(Instant from, Instant to) {
        return new SearchFilter(Optional.empty(), SearchFilter.NONE.labels(), Optional.empty(), Optional.empty(),
                Optional.of(from), Optional.of(to));
    }

    @Test
    void a_text_matches_that_contains_all_terms_in_any_order_and_case() {
        assertThat(search("fox QUICK", 1).matches("The quick brown FOX")).isTrue();
        assertThat(search("fox quick cat", 1).matches("The quick brown fox")).isFalse();
        assertThat(search("qui", 1).matches("The quick brown fox")).isFalse();
    }

    @Test
    void a_prefix_is_of_the_last_word_only() {
        assertThat(prefix("fox qui").matches("The quick brown fox")).isTrue();
        assertThat(prefix("quick fo").matches("The quick brown fox")).isTrue();
        assertThat(prefix("qui fox").matches("The quick brown fox")).isFalse();
        assertThat(prefix("fox").matches("fox")).isTrue();
    }

    private static <K extends Comparable<K>> void assertOrdered(List<K> ordered) {
        long seed = System.nanoTime();
        var shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(shuffled.stream().sorted().toList()).as("seed %d", seed).isEqualTo(ordered);
    }

    private static ListQuery.Key listKey(Instant time, UUID id) {
        return new ListQuery.Key(time, new ConversationId(id));
    }

    private static ListQuery list(int limit) {
        return new ListQuery(ListQuery.Sort.UPDATED, limit, Optional.empty());
    }

    private static SearchQuery search(String text, int limit) {
        return new SearchQuery(text, false, Optional.empty(), limit, Optional.empty());
    }

    private static SearchQuery prefix(String text) {
        return new SearchQuery(text, true, Optional.empty(), 1, Optional.empty());
    }

    private static void assertRefused(String field, ThrowingCallable making) {
        assertThatThrownBy(making).isInstanceOfSatisfying(InvalidValue.class,
                invalid -> assertThat(invalid.field()).isEqualTo(field));
    }
}
