package dev.confab.domain.query;

import java.util.List;
import java.util.Optional;

/**
 * One page of a listing or a search.
 *
 * @param next the key after which the next page starts; empty on the last page
 */
public record Page<T, K>(List<T> items, Optional<K> next) {
    public Page {
        items = List.copyOf(items);
    }
}
