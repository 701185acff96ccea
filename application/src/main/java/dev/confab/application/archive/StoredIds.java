package dev.confab.application.archive;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.StoredConversations;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The ids of all stored conversations of an owner or of everyone, in order, read page by page. */
final class StoredIds {
    private static final int PAGE = 1_000;

    private final StoredConversations stored;
    private final Optional<OwnerId> owner;
    private final Deque<ConversationId> page = new ArrayDeque<>();
    private Optional<ConversationId> last;
    private boolean ended;

    StoredIds(StoredConversations stored, Optional<OwnerId> owner, Optional<ConversationId> after) {
        this.stored = stored;
        this.owner = owner;
        this.last = after;
    }

    /** The next id; empty at the end. */
    Optional<ConversationId> next() {
        if (page.isEmpty() && !ended) {
            List<ConversationId> read = stored.ids(owner, last, PAGE);
            page.addAll(read);
            ended = read.size() < PAGE;
        }
        Optional<ConversationId> next = Optional.ofNullable(page.poll());
        next.ifPresent(id -> last = Optional.of(id));
        return next;
    }
}
