package dev.confab.domain.query;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** @param next where the following page starts; empty on the last one */
public record Page<T, K>(List<T> items, Optional<K> next) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * The page that holds at most {@code limit} of the items found. The next page starts after the key of the last item.
     *
     * @param found in order, one item more than {@code limit} when there are so many: it shows that another page follows
     */
    public static <T, K> Page<T, K> of(List<T> found, int limit, Function<? super T, K> keyOf) {
        return of(found, limit, _ -> 0, keyOf);
    }

    /**
     * The same for items whose weight is limited, too.
     *
     * @param weightOf in bytes; the page ends before the item with which it would exceed {@link Window#MAX_BYTES}
     */
    public static <T, K> Page<T, K> of(List<T> found, int limit, ToIntFunction<? super T> weightOf,
            Function<? super T, K> keyOf) {
        var answer = new AnswerLimit(limit);
        List<T> items = found.stream().takeWhile(item -> answer.admits(weightOf.applyAsInt(item))).toList();
        return new Page<>(items,
                items.size() < found.size() ? Optional.of(keyOf.apply(items.getLast())) : Optional.empty());
    }
}
