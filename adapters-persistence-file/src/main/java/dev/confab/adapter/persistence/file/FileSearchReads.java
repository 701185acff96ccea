package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.message.MessageReader;
import dev.confab.adapter.persistence.file.search.SearchIndex;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.query.AnswerLimit;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Searches: the index names hits, and each is read from its conversation as it is now. */
record FileSearchReads(Snapshots snapshots, MessageReader messages, SearchIndex index, Duration timeout) {

    Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
        try {
            index.awaitCommitted(System.nanoTime() + timeout.toNanos());
            var hits = new ArrayList<SearchHit>();
            var answer = new AnswerLimit(query.limit());
            Optional<SearchQuery.Key> after = query.after();
            while (true) {
                int wanted = query.limit() + 1 - hits.size();
                List<SearchQuery.Key> found = index.find(owner, query, after, wanted);
                for (SearchQuery.Key key : found) {
                    Optional<SearchHit> hit = hit(owner, query, key, now);
                    hit.ifPresent(hits::add);
                    if (hit.isPresent() && !answer.admits(weight(hit.get()))) {
                        return page(query, hits);
                    }
                }
                if (found.size() < wanted) {
                    return page(query, hits);
                }
                after = Optional.of(found.getLast());
            }
        } catch (IOException e) {
            throw new StorageUnavailable("the search index cannot be read", e);
        }
    }

    private static Page<SearchHit, SearchQuery.Key> page(SearchQuery query, List<SearchHit> hits) {
        return Page.of(hits, query.limit(), FileSearchReads::weight, SearchHit::key);
    }

    private static int weight(SearchHit hit) {
        return hit.message().map(Message::weight).orElse(0);
    }

    /** The hit as it is now; empty when it no longer is one. */
    private Optional<SearchHit> hit(OwnerId owner, SearchQuery query, SearchQuery.Key key, Instant now) {
        Optional<ConversationEntry> entry = snapshots.table().find(key.conversation())
                .filter(found -> !found.isDamaged());
        return entry.flatMap(present -> snapshots.any(present, state -> {
            Optional<Conversation> live = state.head()
                    .filter(head -> state.isLive(now) && head.owner().equals(owner));
            if (live.isEmpty()) {
                return Optional.empty();
            }
            Conversation head = live.get();
            if (key.message().isEmpty()) {
                return head.title().filter(title -> query.matches(title.value()))
                        .map(title -> SearchHit.onTitle(head, query));
            }
            return messages.find(head.id(), state.messages(), key.message().get())
                    .filter(message -> query.matches(message.text()))
                    .map(message -> SearchHit.on(head, message, query));
        }));
    }
}
