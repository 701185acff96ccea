package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationState;
import dev.confab.adapter.persistence.file.memory.HeadIndex;
import dev.confab.adapter.persistence.file.message.MessageReader;
import dev.confab.adapter.persistence.file.search.SearchIndex;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.query.AnswerLimit;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchFilter;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.terms.Phrases;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Searches: the index names candidates, each is read from its conversation as it is now, and is a hit if its text matches. */
record FileSearchReads(Snapshots snapshots, HeadIndex heads, MessageReader messages, SearchIndex index,
        Duration timeout) {
    /** After a first look at as many as the page has, in which most often all are hits. */
    private static final int FURTHER_CANDIDATES = 200;

    Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
        try {
            boolean complete = index.awaitCommitted(System.nanoTime() + timeout.toNanos());
            Page<SearchHit, SearchQuery.Key> page = find(owner, query, now);
            return complete ? page : page.asPartial();
        } catch (IOException e) {
            throw new StorageUnavailable("the search index cannot be read", e);
        }
    }

    private Page<SearchHit, SearchQuery.Key> find(OwnerId owner, SearchQuery query, Instant now) throws IOException {
        Phrases wanted = query.phrases();
        var hits = new ArrayList<SearchHit>();
        var answer = new AnswerLimit(query.limit());
        Optional<List<ConversationId>> labelled = labelled(owner, query.filter(), now);
        Optional<SearchQuery.Key> after = query.after();
        int examined = 0;
        int next = query.limit() + 1;
        while (true) {
            List<SearchQuery.Key> found = index.find(owner, query, labelled, after, next);
            for (SearchQuery.Key key : found) {
                Optional<SearchHit> hit = hit(owner, query, wanted, key, now);
                hit.ifPresent(hits::add);
                if (hit.isPresent() && !answer.admits(weight(hit.get()))) {
                    return page(query, hits);
                }
            }
            if (found.size() < next) {
                return page(query, hits);
            }
            examined += found.size();
            after = Optional.of(found.getLast());
            if (examined >= SearchQuery.MAX_CANDIDATES) {
                return new Page<>(hits, after);
            }
            next = FURTHER_CANDIDATES;
        }
    }

    /**
     * The conversations with the labels as they are now: labels change more often than messages, and the index would have to have them
     * with each message. They are looked up in the order of creation, in which no conversation moves meanwhile.
     */
    private Optional<List<ConversationId>> labelled(OwnerId owner, SearchFilter filter, Instant now) {
        return filter.labels().isEmpty()
                ? Optional.empty()
                : Optional.of(heads.of(owner, new ListQuery(ListQuery.Sort.CREATED, 1, Optional.empty()))
                        .map(HeadIndex.Found::id)
                        .filter(id -> snapshots.table().find(id).map(ConversationEntry::state)
                                .filter(state -> state.isLive(now)).flatMap(ConversationState::head)
                                .filter(filter::admits).isPresent())
                        .toList());
    }

    private static Page<SearchHit, SearchQuery.Key> page(SearchQuery query, List<SearchHit> hits) {
        return Page.of(hits, query.limit(), FileSearchReads::weight, SearchHit::key);
    }

    private static int weight(SearchHit hit) {
        return hit.message().map(Message::weight).orElse(0);
    }

    /** The hit as it is now; empty when it no longer is one. */
    private Optional<SearchHit> hit(OwnerId owner, SearchQuery query, Phrases wanted, SearchQuery.Key key,
            Instant now) {
        Optional<ConversationEntry> entry = snapshots.table().find(key.conversation())
                .filter(found -> !found.isDamaged());
        return entry.flatMap(present -> snapshots.any(present, state -> {
            Optional<Conversation> live = state.head()
                    .filter(head -> state.isLive(now) && head.owner().equals(owner) && query.filter().admits(head));
            if (live.isEmpty()) {
                return Optional.empty();
            }
            Conversation head = live.get();
            if (key.message().isEmpty()) {
                return head.title().filter(title -> wanted.matches(title.value()))
                        .map(title -> SearchHit.onTitle(head, query));
            }
            return messages.find(head.id(), state.messages(), key.message().get())
                    .filter(message -> query.filter().admits(message) && wanted.matches(message.text()))
                    .map(message -> SearchHit.on(head, message, query));
        }));
    }
}
