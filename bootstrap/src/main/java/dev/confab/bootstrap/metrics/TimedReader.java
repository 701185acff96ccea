package dev.confab.bootstrap.metrics;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.query.Changes;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Times the calls to a reader. */
public final class TimedReader implements ConversationReader {
    private final ConversationReader reader;
    private final StoreCalls calls;

    public TimedReader(ConversationReader reader, MeterRegistry registry) {
        this.reader = reader;
        this.calls = new StoreCalls(registry);
    }

    @Override
    public Optional<Conversation> find(ConversationId id, Instant now) {
        return calls.time("find", () -> reader.find(id, now));
    }

    @Override
    public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query, Instant now) {
        return calls.time("list", () -> reader.list(owner, query, now));
    }

    @Override
    public ConversationWindow read(ConversationId id, Window window, Instant now) {
        return calls.time("read", () -> reader.read(id, window, now));
    }

    @Override
    public ConversationWindow read(ConversationId id, MessageId message, Instant now) {
        return calls.time("read-one", () -> reader.read(id, message, now));
    }

    @Override
    public Changes changesSince(ConversationId id, long version, Instant now) {
        return calls.time("changes-since", () -> reader.changesSince(id, version, now));
    }

    @Override
    public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
        return calls.time("search", () -> reader.search(owner, query, now));
    }

    @Override
    public List<Conversation> deletedBefore(Instant time, int limit) {
        return calls.time("deleted-before", () -> reader.deletedBefore(time, limit));
    }
}
