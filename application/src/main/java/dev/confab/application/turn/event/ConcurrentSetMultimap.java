package dev.confab.application.turn.event;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sets of values by key. Reading takes no lock and returns an unmodifiable set; a key whose last value is removed is removed too. */
final class ConcurrentSetMultimap<K, V> {
    private final Map<K, Set<V>> sets = new ConcurrentHashMap<>();

    void add(K key, V value) {
        sets.merge(key, Set.of(value), (values, added) -> Stream.concat(values.stream(), added.stream())
                .collect(Collectors.toUnmodifiableSet()));
    }

    void remove(K key, V value) {
        sets.computeIfPresent(key, (_, values) -> without(values, value));
    }

    Set<V> get(K key) {
        return sets.getOrDefault(key, Set.of());
    }

    boolean isEmpty() {
        return sets.isEmpty();
    }

    private static <V> @Nullable Set<V> without(Set<V> values, V value) {
        Set<V> rest = values.stream().filter(each -> !each.equals(value)).collect(Collectors.toUnmodifiableSet());
        return rest.isEmpty() ? null : rest;
    }
}
