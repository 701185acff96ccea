package dev.confab.adapter.persistence.contract.history;

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
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Notes the answers of a reader. An answer that is an error of the storage tells nothing and is not noted. */
final class RecordingReader implements ConversationReader {
    private final ConversationReader reader;
    private final History history;

    RecordingReader(ConversationReader reader, History history) {
        this.reader = reader;
        this.history = history;
    }

    @Override
    public Optional<Conversation> find(ConversationId id, Instant now) {
        return noting(id, () -> reader.find(id, now),
                found -> found.isPresent() ? new Operation.SeenHead(found.get()) : new Operation.NotLive());
    }

    @Override
    public ConversationWindow read(ConversationId id, Window window, Instant now) {
        return noting(id, () -> reader.read(id, window, now), answer -> new Operation.SeenWindow(window, answer));
    }

    @Override
    public ConversationWindow read(ConversationId id, MessageId message, Instant now) {
        return noting(id, () -> reader.read(id, message, now), answer -> new Operation.SeenOne(message, answer));
    }

    @Override
    public Changes changesSince(ConversationId id, long version, Instant now) {
        return noting(id, () -> reader.changesSince(id, version, now),
                answer -> new Operation.SeenChanges(version, answer));
    }

    @Override
    public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query, Instant now) {
        long invoked = history.tick();
        var page = reader.list(owner, query, now);
        noteHeads(page.items(), invoked);
        return page;
    }

    @Override
    public List<Conversation> deletedBefore(Instant time, int limit) {
        long invoked = history.tick();
        List<Conversation> heads = reader.deletedBefore(time, limit);
        noteHeads(heads, invoked);
        return heads;
    }

    @Override
    public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
        return reader.search(owner, query, now);
    }

    private <A> A noting(ConversationId id, Supplier<A> call, Function<A, Operation.Seen> seen) {
        long invoked = history.tick();
        try {
            A answer = call.get();
            note(id, invoked, history.tick(), seen.apply(answer));
            return answer;
        } catch (ConversationNotFound none) {
            note(id, invoked, history.tick(), new Operation.NotLive());
            throw none;
        } catch (MessageNotFound none) {
            note(id, invoked, history.tick(), new Operation.NoMessage(none.messageId()));
            throw none;
        }
    }

    private void noteHeads(List<Conversation> heads, long invoked) {
        long returned = history.tick();
        heads.forEach(head -> note(head.id(), invoked, returned, new Operation.SeenHead(head)));
    }

    private void note(ConversationId id, long invoked, long returned, Operation.Seen seen) {
        history.add(new Operation.Read(id, Thread.currentThread().getName(), invoked, returned, seen));
    }
}
