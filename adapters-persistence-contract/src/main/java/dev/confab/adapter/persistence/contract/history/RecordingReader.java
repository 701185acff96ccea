package dev.confab.adapter.persistence.contract.history;

import dev.confab.adapter.persistence.contract.history.Operation.ChangesResponse;
import dev.confab.adapter.persistence.contract.history.Operation.HeadResponse;
import dev.confab.adapter.persistence.contract.history.Operation.MessageResponse;
import dev.confab.adapter.persistence.contract.history.Operation.NoMessage;
import dev.confab.adapter.persistence.contract.history.Operation.WindowResponse;
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

/** Records the responses of a reader. A storage error does not depend on the conversation, so it is not recorded. */
record RecordingReader(ConversationReader reader, History history) implements ConversationReader {

    @Override
    public Optional<Conversation> find(ConversationId id, Instant now) {
        return recording(id, () -> reader.find(id, now), HeadResponse::new);
    }

    @Override
    public ConversationWindow read(ConversationId id, Window window, Instant now) {
        return recording(id, () -> reader.read(id, window, now), content -> new WindowResponse(window,
                Optional.of(content.conversation()), content.messages(), content.more()));
    }

    @Override
    public ConversationWindow read(ConversationId id, MessageId message, Instant now) {
        return recording(id, () -> reader.read(id, message, now),
                content -> new MessageResponse(message, Optional.of(content.conversation()), content.messages()));
    }

    @Override
    public Changes changesSince(ConversationId id, long version, Instant now) {
        return recording(id, () -> reader.changesSince(id, version, now), changes -> new ChangesResponse(version,
                Optional.of(changes.conversation()), changes.messages(), changes.reset()));
    }

    @Override
    public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query, Instant now) {
        long invoked = history.tick();
        var page = reader.list(owner, query, now);
        addHeads(page.items(), invoked);
        return page;
    }

    @Override
    public List<Conversation> deletedBefore(Instant time, int limit) {
        long invoked = history.tick();
        List<Conversation> heads = reader.deletedBefore(time, limit);
        addHeads(heads, invoked);
        return heads;
    }

    @Override
    public List<Conversation> deletedAfter(Instant time, int limit) {
        long invoked = history.tick();
        List<Conversation> heads = reader.deletedAfter(time, limit);
        addHeads(heads, invoked);
        return heads;
    }

    @Override
    public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
        return reader.search(owner, query, now);
    }

    private <R> R recording(ConversationId id, Supplier<R> call, Function<R, Operation.Response> response) {
        long invoked = history.tick();
        try {
            R result = call.get();
            add(id, invoked, history.tick(), response.apply(result));
            return result;
        } catch (ConversationNotFound notFound) {
            add(id, invoked, history.tick(), new HeadResponse(Optional.empty()));
            throw notFound;
        } catch (MessageNotFound notFound) {
            add(id, invoked, history.tick(), new NoMessage(notFound.messageId()));
            throw notFound;
        }
    }

    private void addHeads(List<Conversation> heads, long invoked) {
        long returned = history.tick();
        heads.forEach(head -> add(head.id(), invoked, returned, new HeadResponse(Optional.of(head))));
    }

    private void add(ConversationId id, long invoked, long returned, Operation.Response response) {
        history.add(new Operation.Read(id, Thread.currentThread().getName(), invoked, returned, response));
    }
}
