package dev.confab.application.turn.event;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sets of values by key. Reading takes no lock and returns an unmodifiable set; a key whose last value is removed is removed too. */
final class SetIndex<K, V> {
    private final Map<K, Set<V>> sets = new ConcurrentHashMap<>();

    void add(K key, V value) {
        sets.merge(key, Set.of(value), SetIndex::union);
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

    private static <V> Set<V> union(Set<V> some, Set<V> others) {
        var all = new HashSet<>(some);
        all.addAll(others);
        return Set.copyOf(all);
    }

    private static <V> @Nullable Set<V> without(Set<V> values, V value) {
        var rest = new HashSet<>(values);
        rest.remove(value);
        return rest.isEmpty() ? null : Set.copyOf(rest);
    }
}
