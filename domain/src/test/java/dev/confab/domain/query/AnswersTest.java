package dev.confab.domain.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.query.Window.Order;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules by which every store cuts its answers. */
class AnswersTest {
    private static final int HALF = Window.MAX_BYTES / 2;

    @Test
    void a_page_that_holds_all_items_is_the_last() {
        assertThat(Page.of(List.of("a", "b"), 2, Function.identity()))
                .isEqualTo(new Page<>(List.of("a", "b"), Optional.empty()));
    }

    @Test
    void one_item_more_than_the_limit_makes_another_page_that_starts_after_the_last_item() {
        assertThat(Page.of(List.of("a", "b", "c"), 2, Function.identity()))
                .isEqualTo(new Page<>(List.of("a", "b"), Optional.of("b")));
    }

    @Test
    void a_page_may_weigh_exactly_its_limit_and_ends_before_it_would_weigh_more() {
        assertThat(Page.of(List.of(HALF, HALF, 1), 3, weight -> weight, Function.identity()))
                .isEqualTo(new Page<>(List.of(HALF, HALF), Optional.of(HALF)));
    }

    @Test
    void the_first_item_is_on_the_page_however_heavy_it_is() {
        assertThat(Page.of(List.of(Window.MAX_BYTES + 1, 0), 3, weight -> weight, Function.identity()).items())
                .containsExactly(Window.MAX_BYTES + 1);
    }

    @Test
    void a_window_selects_the_positions_between_its_bounds_from_the_end_that_its_order_names() {
        for (int count = 0; count < 4; count++) {
            for (int after = 0; after < 6; after++) {
                for (int before = 1; before < 6; before++) {
                    for (int limit = 1; limit < 4; limit++) {
                        assertSelects(new Window(after, before, limit, Order.ASCENDING), count);
                        assertSelects(new Window(after, before, limit, Order.DESCENDING), count);
                    }
                }
            }
        }
    }

    private static void assertSelects(Window window, int count) {
        List<Integer> inside = IntStream.rangeClosed(1, count).boxed()
                .filter(position -> position > window.after() && position < window.before()).toList();
        List<Integer> expected = (window.order() == Order.ASCENDING ? inside : inside.reversed()).stream()
                .limit(window.limit()).toList();

        PositionRange range = PositionRange.of(window, count);

        assertThat(range.inWindow()).as("%s of %d", window, count).isEqualTo(inside.size());
        assertThat(range.isEmpty()).isEqualTo(inside.isEmpty());
        assertThat(range.last() - range.first() + 1).isEqualTo(expected.size());
        assertThat(IntStream.range(0, expected.size()).map(range::position)).as("%s of %d", window, count)
                .containsExactlyElementsOf(expected);
        assertThat(range.first()).as("a sublist takes it").isBetween(1, count + 1);
    }

    @Test
    void changes_fit_up_to_1000_messages_and_up_to_the_limit_of_an_answer() {
        assertThat(Changes.fit(Collections.nCopies(1_000, 1))).isTrue();
        assertThat(Changes.fit(Collections.nCopies(1_001, 1))).isFalse();
        assertThat(Changes.fit(List.of(HALF, HALF))).isTrue();
        assertThat(Changes.fit(List.of(HALF, HALF, 1))).isFalse();
    }
}
