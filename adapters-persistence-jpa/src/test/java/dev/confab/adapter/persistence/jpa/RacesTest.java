package dev.confab.adapter.persistence.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.testsupport.postgres.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two instances race for many conversations at once, with few connections. */
class RacesTest {
    private static final int CONVERSATIONS = 32;
    private static final int WRITERS_EACH = 2;
    private static final int APPENDS = 20;
    private static final int CONNECTIONS = 4;
    /** Far longer than it takes unless those who hold rows wait for those who want them. */
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void the_holder_of_a_row_never_waits_for_a_thread_that_wants_it() throws Exception {
        try (Database database = EmptyDatabases.make();
                JpaStore one = open(database);
                JpaStore other = open(database)) {
            List<ConversationId> ids = Stream.generate(Samples::newConversationId).limit(CONVERSATIONS).toList();
            ids.forEach(id -> one.transact(id, Transactions.begin(Samples.started(id))));

            var writers = new ArrayList<Future<?>>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (ConversationId id : ids) {
                    for (int writer = 0; writer < WRITERS_EACH; writer++) {
                        writers.add(threads.submit(() -> append(one, id)));
                        writers.add(threads.submit(() -> append(other, id)));
                    }
                }
            }

            for (Future<?> writer : writers) {
                writer.get();
            }
            assertThat(ids)
                    .allSatisfy(id -> assertThat(one.reader().find(id, Samples.now()).map(Conversation::messageCount))
                            .contains(2 * WRITERS_EACH * APPENDS));
        }
    }

    private static JpaStore open(Database database) {
        var usual = TestStore.settings(database);
        return JpaStore.open(new JpaStoreSettings(usual.url(), usual.username(), usual.password(), CONNECTIONS,
                CONNECTIONS, LONG, usual.statementTimeout(), 1_000, usual.notifyEvery(), usual.pollEvery()),
                WriteObserver.NONE);
    }

    private static void append(JpaStore store, ConversationId id) {
        for (int i = 0; i < APPENDS; i++) {
            store.transact(id, Transactions.append(Samples.draft("raced for"), Samples.now()));
        }
    }
}
