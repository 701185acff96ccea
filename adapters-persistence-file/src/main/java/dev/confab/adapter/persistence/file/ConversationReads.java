package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationState;
import dev.confab.adapter.persistence.file.message.MessageReader;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
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
import dev.confab.domain.work.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/** Reads of conversations and their messages. */
record ConversationReads(Snapshots snapshots, MessageReader messages, SearchReads searches)
        implements
            ConversationReader {

    @Override
    public Optional<Conversation> find(ConversationId id, Instant now) {
        UnitOfWork.refuseInsideAWork();
        Optional<ConversationEntry> entry = snapshots.table().find(id);
        entry.ifPresent(Snapshots::refuseDamaged);
        return entry.map(ConversationEntry::state).filter(state -> state.isLive(now)).flatMap(ConversationState::head);
    }

    /** Scans the heads, which are in memory. A head that does not change meets the scan exactly once (S16). */
    @Override
    public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query, Instant now) {
        UnitOfWork.refuseInsideAWork();
        Comparator<Conversation> order = Comparator.comparing(query::keyOf);
        var first = new PriorityQueue<Conversation>(order.reversed());
        heads().filter(head -> head.owner().equals(owner) && query.admits(head, now)).filter(
                head -> query.after().isEmpty() || query.keyOf(head).compareTo(query.after().get()) > 0)
                .forEach(head -> {
                    first.add(head);
                    if (first.size() > query.limit() + 1) {
                        first.remove();
                    }
                });
        List<Conversation> found = first.stream().sorted(order).toList();
        if (found.size() <= query.limit()) {
            return new Page<>(found, Optional.empty());
        }
        List<Conversation> page = found.subList(0, query.limit());
        return new Page<>(page, Optional.of(query.keyOf(page.getLast())));
    }

    @Override
    public List<Conversation> deletedBefore(Instant time, int limit) {
        UnitOfWork.refuseInsideAWork();
        return heads().filter(head -> head.deletedAt().filter(time::isAfter).isPresent()).limit(limit).toList();
    }

    List<Conversation> ofOwner(OwnerId owner, int limit) {
        UnitOfWork.refuseInsideAWork();
        return heads().filter(head -> head.owner().equals(owner)).limit(limit).toList();
    }

    private Stream<Conversation> heads() {
        return snapshots.table().all().stream().flatMap(entry -> entry.state().head().stream());
    }

    @Override
    public ConversationWindow read(ConversationId id, Window window, Instant now) {
        UnitOfWork.refuseInsideAWork();
        return snapshots.live(id, now, state -> {
            int count = state.messages().count();
            int first = Math.min(window.after(), count) + 1;
            int last = Math.min(window.before() - 1, count);
            var page = new MessagePage(window.limit());
            switch (window.order()) {
                case ASCENDING -> messages.ascending(id, state.messages(), first, last, page::add);
                case DESCENDING -> messages.descending(id, state.messages(), first, last, page::add);
            }
            return new ConversationWindow(state.head().orElseThrow(), page.messages, page.full);
        });
    }

    @Override
    public ConversationWindow read(ConversationId id, MessageId messageId, Instant now) {
        UnitOfWork.refuseInsideAWork();
        return snapshots.live(id, now, state -> {
            Message message = messages.find(id, state.messages(), messageId)
                    .orElseThrow(() -> new MessageNotFound(id, messageId));
            return new ConversationWindow(state.head().orElseThrow(), List.of(message), false);
        });
    }

    @Override
    public Changes changesSince(ConversationId id, long version, Instant now) {
        UnitOfWork.refuseInsideAWork();
        return snapshots.live(id, now, state -> {
            Conversation head = state.head().orElseThrow();
            var tooMany = new Changes(head, List.of(), true);
            List<Integer> positions = messages.changedSince(id, state.messages(), version, Changes.MAX_MESSAGES + 1);
            if (version > head.version().value() || positions.size() > Changes.MAX_MESSAGES) {
                return tooMany;
            }
            var page = new MessagePage(Changes.MAX_MESSAGES);
            for (int position : positions) {
                if (!page.add(messages.at(id, state.messages(), position))) {
                    return tooMany;
                }
            }
            return new Changes(head, page.messages, false);
        });
    }

    /** Collects messages up to a number of them and up to {@link Window#MAX_BYTES}. */
    private static final class MessagePage {
        private final int limit;
        private final List<Message> messages = new ArrayList<>();
        private long bytes;
        private boolean full;

        MessagePage(int limit) {
            this.limit = limit;
        }

        /** Returns whether the message still fitted. */
        boolean add(Message message) {
            bytes += message.weight();
            full = messages.size() == limit || !messages.isEmpty() && bytes > Window.MAX_BYTES;
            if (!full) {
                messages.add(message);
            }
            return !full;
        }
    }

    @Override
    public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
        UnitOfWork.refuseInsideAWork();
        return searches.search(owner, query, now);
    }
}
