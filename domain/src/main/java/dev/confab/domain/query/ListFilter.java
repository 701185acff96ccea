package dev.confab.domain.query;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.Metadata;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which conversations a listing shows.
 *
 * @param pinned only those that are, or are not, pinned; empty for both
 * @param labels a conversation must have all of them
 * @param metadata a conversation must have all of these pairs
 */
public record ListFilter(Archived archived, Optional<Boolean> pinned, SortedSet<String> labels, Metadata metadata) {
    /** Shows every conversation. */
    public static final ListFilter ALL = new ListFilter(Archived.INCLUDE, Optional.empty(),
            Collections.emptySortedSet(), Metadata.EMPTY);

    /** Whether archived conversations are listed, and whether others are. */
    public enum Archived {
        EXCLUDE, INCLUDE, ONLY
    }

    public ListFilter {
        labels = Collections.unmodifiableSortedSet(new TreeSet<>(labels));
        labels.forEach(Filing::requireLabel);
    }

    boolean admits(Conversation conversation) {
        Filing filing = conversation.filing();
        boolean shown = switch (archived) {
            case EXCLUDE -> !filing.archived();
            case INCLUDE -> true;
            case ONLY -> filing.archived();
        };
        return shown && pinned.map(wanted -> wanted == filing.pinned()).orElse(true)
                && filing.labels().containsAll(labels)
                && conversation.metadata().pairs().entrySet().containsAll(metadata.pairs().entrySet());
    }
}
