package dev.confab.adapter.persistence.jpa.read;

import dev.confab.adapter.persistence.jpa.row.ConversationEntity;
import dev.confab.adapter.persistence.jpa.row.MessageEntity;
import dev.confab.domain.query.SearchQuery;
import java.util.Optional;

/** A row that has the terms of a query. It is not mapped yet: it may be damaged, but its key and its text are not. */
sealed interface Candidate {
    SearchQuery.Key key();

    String text();

    int weight();

    Optional<MessageEntity> message();

    record OfMessage(MessageEntity row) implements Candidate {
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
