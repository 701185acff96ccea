package dev.confab.adapter.persistence.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.query.Window;
import dev.confab.testsupport.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two instances over one database: what one knows, or sees while its work runs, the other has just changed. */
class RivalsTest {
    private static Database database;
    private static JpaStore one;
    private static JpaStore other;

    @BeforeAll
    static void open() {
        database = EmptyDatabases.make();
        one = JpaStore.open(TestStore.settings(database), WriteObserver.NONE);
        other = JpaStore.open(TestStore.settings(database), WriteObserver.NONE);
    }

    @AfterAll
    static void close() {
        one.close();
        other.close();
        database.close();
    }

    /** A conversation that the instance remembers. */
    private static ConversationId startWith(JpaStore store, String... texts) {
        ConversationId id = Samples.newConversationId();
        store.transact(id, Transactions.begin(Samples.started(id)));
        for (String text : texts) {
            store.transact(id, Transactions.append(Samples.draft(text), Samples.now()));
        }
        return id;
    }

    /** Ends with the revision that a conversation has when it has just begun. */
    private static void purgeAndBeginAnew(JpaStore store, ConversationId id) {
        store.transact(id, Transactions.move(head -> head.delete(Samples.now())));
        store.transact(id, Transactions.move(head -> Optional.of(head.purge(Samples.now()))));
        store.transact(id, Transactions.begin(Samples.started(id, Samples.BOB, Optional.empty())));
    }

    @Test
    void a_remembered_head_of_an_earlier_life_is_not_built_on_S3() {
        ConversationId id = startWith(one);
        purgeAndBeginAnew(other, id);

        Conversation built = one.transact(id,
                Transactions.change(head -> head.rename(Samples.title("new"), Samples.now())));

        assertThat(built.owner()).isEqualTo(Samples.BOB);
        assertThat(one.reader().find(id, Samples.now())).contains(built);
    }

    @Test
    void a_remembered_head_of_an_earlier_life_is_not_used_S3() {
        ConversationId id = startWith(one);
        purgeAndBeginAnew(other, id);

        assertThat(one.transact(id, ConversationTransaction::conversation).owner()).isEqualTo(Samples.BOB);
    }

    @Test
    void a_remembered_head_is_not_written_over_a_later_one_S3() {
        ConversationId id = startWith(one);
        other.transact(id, Transactions.change(head -> head.rename(Samples.title("kept"), Samples.now())));

        one.transact(id,
                Transactions.change(head -> head.changeMetadata(new Metadata(Map.of("a", "b")), Samples.now())));

        assertThat(one.reader().find(id, Samples.now()).flatMap(Conversation::title)).isEqualTo(Samples.title("kept"));
        assertThat(one.reader().find(id, Samples.now()).map(Conversation::metadata))
                .contains(new Metadata(Map.of("a", "b")));
    }

    @Test
    void a_conversation_that_appears_after_the_function_looked_for_it_is_found_in_the_end_S3() {
        ConversationId id = Samples.newConversationId();
        var runs = new AtomicInteger();

        Optional<Conversation> found = one.transact(id, tx -> {
            Optional<Conversation> seen = tx.find();
            if (runs.incrementAndGet() == 1) {
                elsewhere(() -> startWith(other, "unrelated"));
                elsewhere(() -> other.transact(id, Transactions.begin(Samples.started(id))));
                tx.record(Samples.started(id, Samples.BOB, Optional.empty()));
            }
            return seen;
        });

        assertThat(runs).hasValue(2);
        assertThat(found).isEqualTo(one.reader().find(id, Samples.now())).isPresent();
    }

    /** The head is read first, and the message after another instance's commit: together they never were. */
    @Test
    void a_head_and_a_message_looked_up_later_are_of_one_moment_S3() {
        ConversationId id = startWith(other, "old");
        var runs = new AtomicInteger();

        List<Object> seen = one.transact(id, tx -> {
            long version = tx.conversation().version().value();
            if (runs.incrementAndGet() == 1) {
                edit(id, "new");
            }
            return List.of(version, tx.messageAt(1).orElseThrow().text());
        });

        assertThat(seen).containsExactly(3L, "new");
    }

    @Test
    void a_message_that_was_truncated_during_the_function_is_read_again_S3() {
        ConversationId id = startWith(other, "first", "second");
        var runs = new AtomicInteger();

        Optional<String> seen = one.transact(id, tx -> {
            tx.conversation();
            if (runs.incrementAndGet() == 1) {
                elsewhere(() -> other.transact(id, Transactions.change(head -> head.clear(Samples.now()))));
            }
            return tx.messageAt(2).map(Message::text);
        });

        assertThat(seen).isEmpty();
        assertThat(runs).hasValue(2);
    }

    @Test
    void a_message_another_instance_appended_is_seen_with_its_head_only_S3() {
        ConversationId id = startWith(other, "first");
        MessageDraft draft = Samples.draft("second");
        var runs = new AtomicInteger();

        List<Object> seen = one.transact(id, tx -> {
            int count = tx.conversation().messageCount();
            if (runs.incrementAndGet() == 1) {
                elsewhere(() -> other.transact(id, Transactions.append(draft, Samples.now())));
            }
            return List.of(count, tx.message(draft.id()).isPresent());
        });

        assertThat(seen).containsExactly(2, true);
    }

    /** Between the runs of the work another instance is always faster, but for the run that has the row locked. */
    @Test
    void a_transaction_that_always_loses_its_race_gets_the_row_alone_S8() {
        ConversationId id = startWith(one, "first");
        var runs = new AtomicInteger();
        Function<ConversationTransaction, Message> append = Transactions.append(Samples.draft("slow"), Samples.now());

        Message slow = one.transact(id, tx -> {
            if (runs.incrementAndGet() > 100) {
                throw new AssertionError("never gets through");
            }
            Message appended = append.apply(tx);
            if (!isLocked()) {
                elsewhere(() -> other.transact(id, Transactions.append(Samples.draft("fast"), Samples.now())));
            }
            return appended;
        });

        int lost = runs.get() - 1;
        assertThat(lost).isPositive();
        assertThat(slow.position()).isEqualTo(lost + 2);
        assertThat(one.reader().read(id, Window.last(1), Samples.now()).messages()).containsExactly(slow);
        assertThat(other.transact(id, Transactions::version)).isEqualTo(lost + 3L);
    }

    /** What was under way here when the row was locked is neither lost nor left waiting. */
    @Test
    void works_here_get_through_beside_one_that_locks_the_row_S3() {
        ConversationId id = startWith(one, "first");
        var neighbours = new ConcurrentLinkedQueue<CompletableFuture<Message>>();
        Function<ConversationTransaction, Message> append = Transactions.append(Samples.draft("slow"), Samples.now());

        one.transact(id, tx -> {
            if (!isLocked()) {
                // Waits for the turn now, and so has it before this work has it again.
                var joined = new CompletableFuture<Void>();
                neighbours.add(CompletableFuture.supplyAsync(() -> {
                    joined.complete(null);
                    return one.transact(id, Transactions.append(Samples.draft("neighbour"), Samples.now()));
                }, Thread::startVirtualThread));
                joined.join();
                elsewhere(() -> other.transact(id, Transactions.append(Samples.draft("fast"), Samples.now())));
            }
            return append.apply(tx);
        });
        neighbours.forEach(CompletableFuture::join);

        List<Message> stored = one.reader().read(id, Window.first(100), Samples.now()).messages();
        assertThat(stored).containsAll(neighbours.stream().map(CompletableFuture::join).toList());
        assertThat(stored).hasSize(2 + 2 * neighbours.size());
        assertThat(stored).extracting(Message::position)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, stored.size()).boxed().toList());
    }

    private void edit(ConversationId id, String text) {
        elsewhere(() -> other.transact(id, tx -> {
            Message first = tx.messageAt(1).orElseThrow();
            tx.record(tx.conversation().edit(first, text, Optional.empty(), first.metadata(), Samples.now())
                    .orElseThrow());
            return first;
        }));
    }

    /** On another thread, because a transaction function may not use a store. */
    private static void elsewhere(Runnable action) {
        CompletableFuture.runAsync(action, Thread::startVirtualThread).join();
    }

    /** Whether a row of a conversation is locked in the database. */
    private boolean isLocked() {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1 FROM conversation FOR UPDATE NOWAIT");
            return false;
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("55P03");
            return true;
        }
    }
}
