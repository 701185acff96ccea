package dev.confab.domain.query;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * One page of a listing or a search, and the key after which the next page starts; empty on the last page.
 *
 * @param partial whether items may be missing because the store's index does not contain everything yet; only pages of a search are
 */
public record Page<T, K>(List<T> items, Optional<K> next, boolean partial) {
    public Page {
        items = List.copyOf(items);
    }

    /** A page from which nothing is missing. */
    public Page(List<T> items, Optional<K> next) {
        this(items, next, false);
    }

    /** The same page of an index that does not contain everything yet. */
    public Page<T, K> asPartial() {
        return new Page<>(items, next, true);
    }

    /**
     * The page with at most {@code limit} of the items found.
     *
     * @param found in order, one item more than {@code limit} when there are so many: it shows that another page follows
     */
    public static <T, K> Page<T, K> of(List<T> found, int limit, Function<? super T, K> keyOf) {
        return of(found, limit, _ -> 0, keyOf);
    }

    /** The same with the items' weights in bytes limited to {@link Window#MAX_BYTES}. */
    public static <T, K> Page<T, K> of(List<T> found, int limit, ToIntFunction<? super T> weightOf,
            Function<? super T, K> keyOf) {
        var answer = new AnswerLimit(limit);
        List<T> items = found.stream().takeWhile(item -> answer.admits(weightOf.applyAsInt(item))).toList();
        return new Page<>(items,
                items.size() < found.size() ? Optional.of(keyOf.apply(items.getLast())) : Optional.empty());
    }
}
