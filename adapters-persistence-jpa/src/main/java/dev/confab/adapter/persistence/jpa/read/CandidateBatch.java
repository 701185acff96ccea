package dev.confab.adapter.persistence.jpa.read;

import dev.confab.adapter.persistence.jpa.row.ConversationEntity;
import dev.confab.adapter.persistence.jpa.row.MessageEntity;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The next candidates in the order of hits, without a gap: of two queries over two indexes, merged, up to where the shorter answer ends.
 *
 * @param hasMore whether others may follow the last one; then there is one
 */
record CandidateBatch(List<Candidate> candidates, boolean hasMore) {

    static CandidateBatch read(SearchStatement statement, ConversationRepository conversations,
            MessageRepository messages) {
        List<ConversationEntity> titles = statement.titles(conversations);
        List<MessageEntity> found = statement.messages(messages);
        boolean moreTitles = titles.size() == statement.limit();
        boolean moreMessages = found.size() == statement.limit()
                || found.stream().mapToLong(MessageEntity::weight).sum() > Window.MAX_BYTES;
        Optional<SearchQuery.Key> end = Stream.concat(
                moreTitles ? Stream.of(titles.getLast().titleKey()) : Stream.empty(),
                moreMessages ? Stream.of(found.getLast().searchKey()) : Stream.empty())
                .min(Comparator.naturalOrder());
        List<Candidate> merged = Stream.<Candidate>concat(titles.stream().map(Candidate.OfTitle::new),
                found.stream().map(Candidate.OfMessage::new)).sorted(Comparator.comparing(Candidate::key))
                .filter(candidate -> end.map(last -> candidate.key().compareTo(last) <= 0).orElse(true)).toList();
        return new CandidateBatch(merged, end.isPresent());
    }
}
