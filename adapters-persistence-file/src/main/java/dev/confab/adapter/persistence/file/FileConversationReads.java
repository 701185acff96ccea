package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationState;
import dev.confab.adapter.persistence.file.memory.FilterIndex;
import dev.confab.adapter.persistence.file.memory.HeadIndex;
import dev.confab.adapter.persistence.file.message.MessageReader;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.MessageNotFound;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.query.AnswerLimit;
import dev.confab.domain.query.Changes;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.PositionRange;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import dev.confab.domain.work.UnitOfWork;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads of conversations and their messages. */
record FileConversationReads(Snapshots snapshots, HeadIndex heads, FilterIndex filters, MessageReader messages,
        FileSearchReads searches)
        implements
            ConversationReader {

    @Override
    public Optional<Conversation> find(ConversationId id, Instant now) {
        UnitOfWork.requireOutsideTransaction();
        Optional<ConversationEntry> entry = snapshots.table().find(id);
        entry.ifPresent(Snapshots::refuseDamaged);
        return entry.map(ConversationEntry::state).filter(state -> state.isLive(now)).flatMap(ConversationState::head);
    }

    @Override
    public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query, Instant now) {
        UnitOfWork.requireOutsideTransaction();
        Stream<Conversation> inOrder = filters.few(owner, query.filter()).map(ids -> among(ids, owner, query, now))
                .orElseGet(() -> inOrder(owner, query, now));
        return Page.of(inOrder.limit(query.limit() + 1).toList(), query.limit(), query::keyOf);
    }

    /** Goes through the owner's heads in the order of the list. One that changes meanwhile is listed at its newest place only (S16). */
    private Stream<Conversation> inOrder(OwnerId owner, ListQuery query, Instant now) {
        return heads.of(owner, query).flatMap(
                place -> admitted(place.id(), query, now).filter(head -> query.keyOf(head).equals(place.key())));
    }

    /** Sorts the few that the filter may admit. Each is in one place only, because each is read once. */
    private Stream<Conversation> among(Set<ConversationId> ids, OwnerId owner, ListQuery query, Instant now) {
        return ids.stream().flatMap(id -> admitted(id, query, now)).filter(head -> head.owner().equals(owner))
                .filter(head -> query.after().map(last -> query.keyOf(head).compareTo(last) > 0).orElse(true))
                .sorted(Comparator.comparing(query::keyOf));
    }

    private Stream<Conversation> admitted(ConversationId id, ListQuery query, Instant now) {
        return snapshots.table().find(id).map(ConversationEntry::state).flatMap(ConversationState::head)
                .filter(head -> query.admits(head, now)).stream();
    }

    @Override
    public List<Conversation> deletedBefore(Instant time, int limit) {
        return snapshots.heads().filter(head -> head.deletedAt().filter(time::isAfter).isPresent()).limit(limit)
                .toList();
    }

    @Override
    public List<Conversation> deletedAfter(Instant time, int limit) {
        return snapshots.heads().filter(head -> head.deletedAt().filter(time::isBefore).isPresent()).limit(limit)
                .toList();
    }

    /** All conversations of the owner, live or deleted. */
    List<ConversationId> ofOwner(OwnerId owner) {
        return snapshots.heads().filter(head -> head.owner().equals(owner)).map(Conversation::id).toList();
    }

    @Override
    public ConversationWindow read(ConversationId id, Window window, Instant now) {
        return snapshots.live(id, now, state -> window(id, state, window));
    }

    /** The messages in the window of a conversation in this state, which has a head. */
    ConversationWindow window(ConversationId id, ConversationState state, Window window) throws IOException {
        var range = PositionRange.of(window, state.messages().count());
        var answer = new AnswerLimit(window.limit());
        var found = new ArrayList<Message>();
        messages.visit(id, state.messages(), range.first(), range.last(), range.order(),
                message -> answer.admits(message.weight()) && found.add(message));
        return new ConversationWindow(state.head().orElseThrow(), found, found.size() < range.inWindow());
    }

    @Override
    public ConversationWindow read(ConversationId id, MessageId messageId, Instant now) {
        return snapshots.live(id, now, state -> {
            Message message = messages.find(id, state.messages(), messageId)
                    .orElseThrow(() -> new MessageNotFound(id, messageId));
            return new ConversationWindow(state.head().orElseThrow(), List.of(message), false);
        });
    }

    @Override
    public Changes changesSince(ConversationId id, long version, Instant now) {
        return snapshots.live(id, now, state -> {
            Conversation head = state.head().orElseThrow();
            List<Integer> positions = messages.changedSince(id, state.messages(), version, Changes.MAX_MESSAGES + 1);
            var answer = new AnswerLimit(Changes.MAX_MESSAGES);
            var changed = new ArrayList<Message>();
            for (int position : positions) {
                Message message = messages.at(id, state.messages(), position);
                if (positions.size() > Changes.MAX_MESSAGES || !answer.admits(message.weight())) {
                    return Changes.reset(head);
                }
                changed.add(message);
            }
            return Changes.since(version, head, changed);
        });
    }

    @Override
    public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
        UnitOfWork.requireOutsideTransaction();
        return searches.search(owner, query, now);
    }
}
