package dev.confab.adapter.persistence.contract.reference;

import dev.confab.domain.query.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes pages of unsorted items. */
final class Paging {
    private Paging() {
    }

    /** The first {@code limit} items after the key, and the key of the last one if there are more. */
    static <T, K extends Comparable<K>> Page<T, K> page(Stream<T> all, Function<T, K> keyOf, Optional<K> after,
            int limit) {
        List<T> found = all.filter(item -> after.map(key -> keyOf.apply(item).compareTo(key) > 0).orElse(true))
                .sorted(Comparator.comparing(keyOf)).limit(limit + 1L).toList();
        return Page.of(found, limit, keyOf);
    }
}
