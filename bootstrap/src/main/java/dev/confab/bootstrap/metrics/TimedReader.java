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
    public Optional<Conversation> find(ConversationId id) {
        return calls.time("find", () -> reader.find(id));
    }

    @Override
    public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query) {
        return calls.time("list", () -> reader.list(owner, query));
    }

    @Override
    public ConversationWindow read(ConversationId id, Window window) {
        return calls.time("read", () -> reader.read(id, window));
    }

    @Override
    public ConversationWindow read(ConversationId id, MessageId message) {
        return calls.time("read-one", () -> reader.read(id, message));
    }

    @Override
    public Changes changesSince(ConversationId id, long version) {
        return calls.time("changes-since", () -> reader.changesSince(id, version));
    }

    @Override
    public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query) {
        return calls.time("search", () -> reader.search(owner, query));
    }

    @Override
    public List<Conversation> deletedBefore(Instant time, int limit) {
        return calls.time("deleted-before", () -> reader.deletedBefore(time, limit));
    }
}
