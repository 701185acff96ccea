package dev.confab.adapter.persistence.file.memory;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.ListQuery.Sort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * The keys of all heads in the order of lists, owner by owner, so that a page costs no more than what it shows or skips.
 *
 * <p>It is changed as {@link ActivityIndex}, and correct for the same reason: the key of the next state is there before the state is
 * visible, and the key of the previous one goes afterwards. A reader ignores a key that is not that of the state it finds. So a
 * conversation that does not change is met exactly once, and one that changes at most once at each of its keys.
 */
public final class HeadIndex {
    private static final List<Sort> LIVE = List.of(Sort.UPDATED, Sort.CREATED);
    private static final List<Sort> DELETED = List.of(Sort.DELETED);

    private final ConcurrentSkipListMap<Place, ConversationId> places = new ConcurrentSkipListMap<>();

    /** @param key empty for the place before all others of the owner */
    private record Place(OwnerId owner, Sort sort, Optional<ListQuery.Key> key) implements Comparable<Place> {
        private static final Comparator<Place> ORDER = Comparator.comparing((Place place) -> place.owner().value())
                .thenComparing(Place::sort)
                .thenComparing(Place::key, Comparator.comparing(Optional::isPresent))
                .thenComparing(place -> place.key().orElse(null), Comparator.nullsFirst(Comparator.naturalOrder()));

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /** A conversation that a state of which had this key. */
    public record Found(ConversationId id, ListQuery.Key key) {
    }

    /** The conversations of the owner in the order of the query, after its key; some may have changed since. */
    public Stream<Found> of(OwnerId owner, ListQuery query) {
        var from = new Place(owner, query.sort(), query.after());
        ConcurrentNavigableMap<Place, ConversationId> rest = places.tailMap(from, false);
        return rest.entrySet().stream()
                .takeWhile(entry -> entry.getKey().owner().equals(owner) && entry.getKey().sort() == query.sort())
                .map(entry -> new Found(entry.getValue(), entry.getKey().key().orElseThrow()));
    }

    /** Adds the keys of the state {@code after}; call it before that state becomes visible. */
    public void add(ConversationState before, ConversationState after) {
        if (!after.head().equals(before.head())) {
            after.head().ifPresent(head -> places(head).forEach(place -> places.put(place, head.id())));
        }
    }

    /** Removes the keys that only the state {@code before} had; call it once {@code after} is visible. */
    public void remove(ConversationState before, ConversationState after) {
        if (!after.head().equals(before.head())) {
            var unused = new ArrayList<>(before.head().map(HeadIndex::places).orElse(List.of()));
            unused.removeAll(after.head().map(HeadIndex::places).orElse(List.of()));
            unused.forEach(places::remove);
        }
    }

    private static List<Place> places(Conversation head) {
        return (head.isDeleted() ? DELETED : LIVE).stream()
                .map(sort -> new Place(head.owner(), sort, Optional.of(ListQuery.keyOf(sort, head)))).toList();
    }
}
