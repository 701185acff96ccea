package dev.confab.adapter.persistence.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.confab.adapter.persistence.contract.harness.Faults.Failure;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.query.Window;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Commits of two statements in one transaction, whose connection breaks during COMMIT. */
class UnknownOutcomeTest {

    @Test
    void the_outcome_of_a_truncation_with_an_append_is_unknown_when_the_connection_breaks_during_commit_S15() {
        try (JpaStoreUnderTest database = JpaStoreUnderTest.open(Duration.ofSeconds(20))) {
            // The server commits the first and rolls back the second; the client cannot tell which.
            for (int n = 0; n < 2; n++) {
                ConversationId id = Samples.newConversationId();
                database.store().transact(id, Transactions.begin(Samples.started(id)));
                append(database, id, "kept");
                append(database, id, "truncated");
                database.faults().orElseThrow().failNextCommit(Failure.UNKNOWN);

                assertThatExceptionOfType(CommitOutcomeUnknown.class)
                        .isThrownBy(() -> database.store().transact(id, replaceAfterFirst(Samples.draft("new"))));

                assertThat(texts(database, id)).isIn(List.of("kept", "truncated"), List.of("kept", "new"));
            }
        }
    }

    private static void append(JpaStoreUnderTest database, ConversationId id, String text) {
        database.store().transact(id, Transactions.append(Samples.draft(text), Samples.now()));
    }

    private static Function<ConversationTransaction, Message> replaceAfterFirst(MessageDraft draft) {
        return tx -> {
            Message first = tx.messageAt(1).orElseThrow();
            tx.record(tx.conversation().truncateAfter(first, Samples.now()).orElseThrow());
            var appended = tx.conversation().append(draft, Samples.now());
            tx.record(appended);
            return appended.message();
        };
    }

    private static List<String> texts(JpaStoreUnderTest database, ConversationId id) {
        return database.reader().read(id, Window.first(10), Samples.now()).messages().stream().map(Message::text)
                .toList();
    }
}
