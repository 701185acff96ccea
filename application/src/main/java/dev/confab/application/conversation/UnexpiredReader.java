package dev.confab.application.conversation;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.MessageNotFound;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.query.Changes;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Hides conversations that are expired, from that very moment on, swept away or not. A page may so hold fewer than its limit; where
 * the next one starts stays the same.
 */
public final class UnexpiredReader implements ConversationReader {
    private final ConversationReader reader;
    private final MillisClock now;

    public UnexpiredReader(ConversationReader reader, InstantSource clock) {
        this.reader = reader;
        this.now = new MillisClock(clock);
    }

    @Override
    public Optional<Conversation> find(ConversationId id) {
        Instant at = now.millis();
        return reader.find(id).filter(head -> !head.isExpired(at));
    }

    @Override
    public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query) {
        return unexpired(reader.list(owner, query), Conversation::expiresAt);
    }

    @Override
    public ConversationWindow read(ConversationId id, Window window) {
        return unexpired(reader.read(id, window));
    }

    @Override
    public ConversationWindow read(ConversationId id, MessageId message) {
        try {
            return unexpired(reader.read(id, message));
        } catch (MessageNotFound missing) {
            // Of an expired conversation nothing may be told, not even that.
            throw find(id).isPresent() ? missing : new ConversationNotFound(id);
        }
    }

    @Override
    public Changes changesSince(ConversationId id, long version) {
        Changes changes = reader.changesSince(id, version);
        changes.conversation().unexpired(now.millis());
        return changes;
    }

    @Override
    public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query) {
        return unexpired(reader.search(owner, query), SearchHit::expiresAt);
    }

    @Override
    public List<Conversation> deletedBefore(Instant time, int limit) {
        return reader.deletedBefore(time, limit);
    }

    private ConversationWindow unexpired(ConversationWindow window) {
        window.conversation().unexpired(now.millis());
        return window;
    }

    private <T, K> Page<T, K> unexpired(Page<T, K> page, Function<T, Optional<Instant>> expiry) {
        Instant at = now.millis();
        return new Page<>(page.items().stream()
                .filter(item -> expiry.apply(item).filter(end -> !at.isBefore(end)).isEmpty()).toList(), page.next());
    }
}
