package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationState;
import dev.confab.adapter.persistence.file.memory.FilterIndex;
import dev.confab.adapter.persistence.file.message.MessageReader;
import dev.confab.adapter.persistence.file.search.IndexView;
import dev.confab.adapter.persistence.file.search.SearchIndex;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.query.AnswerLimit;
import dev.confab.domain.query.ListFilter;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SameMessage;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.terms.Phrases;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Searches: the index names candidates, each is read from its conversation as it is now, and is a hit if its text matches. All copies of a
 * message follow each other in the index; the first of them stands for all.
 */
record FileSearchReads(Snapshots snapshots, FilterIndex filters, MessageReader messages, SearchIndex index,
        Duration timeout) {
    /** After a first look at as many as the page has, in which most often all are hits. */
    private static final int FURTHER_CANDIDATES = 200;
    private static final ConversationId HIGHEST = new ConversationId(new UUID(-1, -1));

    private record Request(OwnerId owner, SearchQuery query, Phrases wanted, Instant now) {
    }

    /** A conversation that may hold a message, as it was a moment ago. */
    private record Holder(ConversationEntry entry, Conversation head, IndexView.Copy copy) {
    }

    Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
        try {
            boolean complete = index.awaitCommitted(System.nanoTime() + timeout.toNanos());
            Page<SearchHit, SearchQuery.Key> page = index
                    .read(view -> find(view, new Request(owner, query, query.phrases(), now)));
            return complete ? page : page.asPartial();
        } catch (IOException e) {
            throw new StorageUnavailable("the search index cannot be read", e);
        }
    }

    private Page<SearchHit, SearchQuery.Key> find(IndexView view, Request request) throws IOException {
        SearchQuery query = request.query();
        Optional<List<ConversationId>> labelled = labelled(request);
        var hits = new ArrayList<SearchHit>();
        var answer = new AnswerLimit(query.limit());
        int next = query.limit() + 1;
        int examined = 0;
        List<SearchQuery.Key> found = view.from(request.owner(), query, labelled, query.after(), next);
        while (true) {
            List<SearchQuery.Key> distinct = withoutCopies(found);
            for (SearchQuery.Key first : distinct) {
                for (SearchHit hit : hits(view, first, request)) {
                    hits.add(hit);
                    if (!answer.admits(weight(hit))) {
                        return Page.of(hits, query.limit(), FileSearchReads::weight, SearchHit::key);
                    }
                }
            }
            if (found.size() < next) {
                return Page.of(hits, query.limit(), FileSearchReads::weight, SearchHit::key);
            }
            // At least as if there were no copies, so that their number does not add searches without end.
            examined += Math.max(distinct.size(), FURTHER_CANDIDATES);
            if (examined >= SearchQuery.MAX_CANDIDATES) {
                return new Page<>(hits, Optional.of(lastOfCopies(found.getLast())));
            }
            next = distinct.size() < found.size() ? SearchQuery.MAX_CANDIDATES : FURTHER_CANDIDATES;
            found = view.after(request.owner(), query, labelled, found.getLast(), next);
        }
    }

    /**
     * The conversations with the labels as they are now: labels change more often than messages, and the index would have to have them
     * with each message.
     */
    private Optional<List<ConversationId>> labelled(Request request) {
        var withLabels = new ListFilter(ListFilter.Archived.INCLUDE, Optional.empty(),
                request.query().filter().labels(), Metadata.EMPTY);
        return filters.fewest(request.owner(), withLabels).map(ids -> ids.stream()
                .filter(id -> snapshots.table().find(id).map(ConversationEntry::state)
                        .flatMap(state -> admitted(state, request)).isPresent())
                .toList());
    }

    private static int weight(SearchHit hit) {
        return hit.message().map(Message::weight).orElse(0);
    }

    /** The titles, and one of each message's copies. */
    private static List<SearchQuery.Key> withoutCopies(List<SearchQuery.Key> keys) {
        var distinct = new ArrayList<SearchQuery.Key>();
        for (SearchQuery.Key key : keys) {
            if (distinct.isEmpty() || !lastOfCopies(key).equals(lastOfCopies(distinct.getLast()))) {
                distinct.add(key);
            }
        }
        return distinct;
    }

    /** A key that no copy of the message comes after; a title has no copies. */
    private static SearchQuery.Key lastOfCopies(SearchQuery.Key key) {
        return key.message().isPresent() ? new SearchQuery.Key(key.createdAt(), HIGHEST, key.message()) : key;
    }

    /** The hits among a title or the copies of a message as they are now, in order, after the key of the query. */
    private List<SearchHit> hits(IndexView view, SearchQuery.Key key, Request request) throws IOException {
        List<SearchHit> hits = key.message().isPresent()
                ? onMessages(view, key.createdAt(), key.message().get(), request)
                : onTitle(key.conversation(), request).stream().toList();
        return hits.stream()
                .filter(hit -> request.query().after().map(after -> hit.key().compareTo(after) > 0).orElse(true))
                .sorted(Comparator.comparing(SearchHit::key)).toList();
    }

    private Optional<SearchHit> onTitle(ConversationId id, Request request) {
        return present(id).flatMap(entry -> snapshots.any(entry, state -> admitted(state, request)))
                .filter(head -> head.title().filter(title -> request.wanted().matches(title.value())).isPresent())
                .map(head -> SearchHit.onTitle(head, request.query()));
    }

    /** For each different message with the id, the hit on its oldest copy. */
    private List<SearchHit> onMessages(IndexView view, Instant createdAt, MessageId id, Request request)
            throws IOException {
        Map<Long, List<Holder>> holders = new HashMap<>();
        for (IndexView.Copy copy : view.copies(id)) {
            present(copy.conversation()).ifPresent(entry -> admitted(entry.state(), request)
                    .ifPresent(head -> holders.computeIfAbsent(copy.content(), _ -> new ArrayList<>())
                            .add(new Holder(entry, head, copy))));
        }
        var hits = new ArrayList<SearchHit>();
        for (List<Holder> same : holders.values()) {
            same.sort(Comparator.comparing(Holder::head, SameMessage.OLDEST_FIRST));
            // One that was changed since the index was read is left out, so that it hides no other.
            for (int i = 0; i < same.size(); i++) {
                Optional<Message> message = message(same.get(i), id, request);
                if (message.isPresent()) {
                    if (isHit(message.get(), createdAt, request)) {
                        hits.add(SearchHit.on(same.get(i).head(), message.get(), same.size() - 1 - i,
                                request.query()));
                    }
                    break;
                }
            }
        }
        return hits;
    }

    private static boolean isHit(Message message, Instant createdAt, Request request) {
        return message.createdAt().equals(createdAt) && request.query().filter().admits(message)
                && request.wanted().matches(message.text());
    }

    /** The message as it is now, if it still is what the index says. */
    private Optional<Message> message(Holder holder, MessageId id, Request request) {
        return snapshots.any(holder.entry(), state -> admitted(state, request).isEmpty()
                ? Optional.empty()
                : messages.find(holder.entry().id(), state.messages(), id).filter(holder.copy()::isOf));
    }

    private Optional<ConversationEntry> present(ConversationId id) {
        return snapshots.table().find(id).filter(found -> !found.isDamaged());
    }

    private static Optional<Conversation> admitted(ConversationState state, Request request) {
        return state.head().filter(head -> state.isLive(request.now()) && head.owner().equals(request.owner())
                && request.query().filter().admits(head));
    }
}
