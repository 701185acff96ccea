package dev.confab.domain.query;

import java.util.List;
import java.util.Optional;

/** @param next where the following page starts; empty on the last one */
public record Page<T, K>(List<T> items, Optional<K> next) {
    public Page {
        items = List.copyOf(items);
    }
}
