package dev.confab.adapter.persistence.file.memory;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.ListFilter;
import dev.confab.domain.query.ListFilter.Archived;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which conversations of an owner are pinned or archived, and which have a label or a pair of metadata, so that a list with a filter that few
 * conversations match need not go through all of them. An append changes nothing here.
 *
 * <p>It is changed as {@link HeadIndex}, and correct for the same reason. A reader compares what it finds with the state itself.
 */
public final class FilterIndex {
    /** With more conversations than this, the next of them is soon met in the order of the list. */
    static final int FEW = 2_000;

    private static final String PINNED = "pinned";
    private static final String ARCHIVED = "archived";

    private final ConcurrentHashMap<Trait, Set<ConversationId>> conversations = new ConcurrentHashMap<>();

    /** Something that a filter may ask for. */
    private record Trait(OwnerId owner, String kind, String name, String value) {
    }

    /** As {@link #fewest}; empty also when those are too many to sort them for one page. */
    public Optional<Set<ConversationId>> few(OwnerId owner, ListFilter filter) {
        return fewest(owner, filter).filter(having -> having.size() <= FEW);
    }

    /** Conversations among which are all that the filter admits; empty when no one trait is asked for. */
    public Optional<Set<ConversationId>> fewest(OwnerId owner, ListFilter filter) {
        return traits(owner, filter).map(trait -> conversations.getOrDefault(trait, Set.of()))
                .min(Comparator.comparingInt(Set::size));
    }

    /** Adds the traits of the state {@code after}; call it before that state becomes visible. */
    public void add(ConversationState before, ConversationState after) {
        if (isChanged(before, after)) {
            after.head().ifPresent(head -> traits(head).forEach(trait -> conversations.compute(trait, (_, having) -> {
                Set<ConversationId> all = having == null ? ConcurrentHashMap.newKeySet() : having;
                all.add(head.id());
                return all;
            })));
        }
    }

    /** Removes the traits that only the state {@code before} had; call it once {@code after} is visible. */
    public void remove(ConversationState before, ConversationState after) {
        if (isChanged(before, after)) {
            before.head().ifPresent(head -> {
                var unused = new HashSet<>(traits(head).toList());
                after.head().ifPresent(now -> traits(now).forEach(unused::remove));
                unused.forEach(trait -> conversations.computeIfPresent(trait, (_, having) -> {
                    having.remove(head.id());
                    return having.isEmpty() ? null : having;
                }));
            });
        }
    }

    /** How many traits have conversations. For tests. */
    int size() {
        return conversations.size();
    }

    /** An append changes the head, but none of its traits. */
    private static boolean isChanged(ConversationState before, ConversationState after) {
        return before.head().isEmpty() || after.head().isEmpty()
                || !before.head().get().filing().equals(after.head().get().filing())
                || !before.head().get().metadata().equals(after.head().get().metadata())
                || !before.head().get().owner().equals(after.head().get().owner());
    }

    private static Stream<Trait> traits(Conversation head) {
        return traits(head.owner(), head.filing().pinned(), head.filing().archived(), head.filing().labels(),
                head.metadata());
    }

    private static Stream<Trait> traits(OwnerId owner, ListFilter filter) {
        return traits(owner, filter.pinned().orElse(false), filter.archived() == Archived.ONLY, filter.labels(),
                filter.metadata());
    }

    private static Stream<Trait> traits(OwnerId owner, boolean pinned, boolean archived, Set<String> labels,
            Metadata metadata) {
        Stream<Trait> flags = Stream.of(new Trait(owner, PINNED, "", ""), new Trait(owner, ARCHIVED, "", ""))
                .filter(trait -> trait.kind().equals(PINNED) ? pinned : archived);
        Stream<Trait> words = labels.stream().map(label -> new Trait(owner, "label", label, ""));
        Stream<Trait> pairs = metadata.pairs().entrySet().stream()
                .map(pair -> new Trait(owner, "metadata", pair.getKey(), pair.getValue()));
        return Stream.concat(flags, Stream.concat(words, pairs));
    }
}
