package dev.confab.application.archive;

import dev.confab.application.Archives.Named;
import dev.confab.domain.conversation.ConversationId;
import java.util.ArrayList;
import java.util.List;

/** Counts ids, and keeps the first of them. */
final class NamedIds {
    private final List<ConversationId> first = new ArrayList<>();
    private long count;

    void add(ConversationId id) {
        count++;
        if (first.size() < Named.MOST) {
            first.add(id);
        }
    }

    Named named() {
        return new Named(count, first);
    }
}
