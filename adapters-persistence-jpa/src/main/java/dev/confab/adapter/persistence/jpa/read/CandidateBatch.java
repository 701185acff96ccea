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
 * @param end up to where there is no other one; empty when none follow
 */
record CandidateBatch(List<Candidate> candidates, Optional<SearchQuery.Key> end) {

    /** A row that has the terms of a query. It is not mapped yet: it may be damaged, but its key and its text are not. */
    sealed interface Candidate {
        SearchQuery.Key key();

        String text();

        int weight();

        Optional<MessageEntity> message();

        /** @param others how many other conversations hold the message */
        record OfMessage(MessageEntity row, int others) implements Candidate {
            @Override
            public SearchQuery.Key key() {
                return row.searchKey();
            }

            @Override
            public String text() {
                return row.text();
            }

            @Override
            public int weight() {
                return row.weight();
            }

            @Override
            public Optional<MessageEntity> message() {
                return Optional.of(row);
            }
        }

        record OfTitle(ConversationEntity row) implements Candidate {
            @Override
            public SearchQuery.Key key() {
                return row.titleKey();
            }

            @Override
            public String text() {
                return row.titleText();
            }

            @Override
            public int weight() {
                return 0;
            }

            @Override
            public Optional<MessageEntity> message() {
                return Optional.empty();
            }
        }
    }

    static CandidateBatch read(SearchStatement statement, ConversationRepository conversations,
            MessageSearch messages) {
        List<ConversationEntity> titles = statement.titles(conversations);
        MessageSearch.Candidates found = messages.candidates(statement);
        List<Candidate.OfMessage> oldest = messages.oldest(statement, found.all());
        Optional<SearchQuery.Key> end = Stream.concat(
                titles.size() == statement.limit() ? Stream.of(titles.getLast().titleKey()) : Stream.empty(),
                ends(found, oldest)).min(Comparator.naturalOrder());
        List<Candidate> merged = Stream.<Candidate>concat(titles.stream().map(Candidate.OfTitle::new), oldest.stream())
                .filter(candidate -> statement.after().map(key -> candidate.key().compareTo(key) > 0).orElse(true)
                        && end.map(last -> candidate.key().compareTo(last) <= 0).orElse(true))
                .sorted(Comparator.comparing(Candidate::key)).toList();
        return new CandidateBatch(merged, end);
    }

    /** Where the messages end if others may follow: after the last candidate, or earlier if the texts were too large to fetch all. */
    private static Stream<SearchQuery.Key> ends(MessageSearch.Candidates found, List<Candidate.OfMessage> oldest) {
        long bytes = oldest.stream().mapToLong(Candidate::weight).sum();
        return Stream.concat(found.hasMore() ? Stream.of(found.all().getLast().end()) : Stream.empty(),
                bytes > Window.MAX_BYTES ? Stream.of(oldest.getLast().key()) : Stream.empty());
    }
}
