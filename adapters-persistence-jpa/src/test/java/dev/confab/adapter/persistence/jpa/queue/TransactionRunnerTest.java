package dev.confab.adapter.persistence.jpa.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.jpa.EmptyDatabases;
import dev.confab.adapter.persistence.jpa.Connections;
import dev.confab.adapter.persistence.jpa.JpaStoreSettings;
import dev.confab.adapter.persistence.jpa.commit.StoredRows;
import dev.confab.adapter.persistence.jpa.database.Schema;
import dev.confab.adapter.persistence.jpa.row.HibernateMapping;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageIdReused;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.testsupport.postgres.Database;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The write path by itself, against a real database. */
class TransactionRunnerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static Database database;
    private static Instance one;
    private static Instance other;

    private record Instance(Connections connections, SessionFactory sessions, WriterThreads threads,
            TransactionRunner writes) {
        static Instance open(Database database) {
            return open(database, System::nanoTime);
        }

        static Instance open(Database database, LongSupplier nanoTime) {
            var settings = JpaStoreSettings.of(database.url(), database.username(), database.password());
            var connections = Connections.open(settings);
            var sessions = HibernateMapping.create(connections.reads());
            var threads = new WriterThreads(connections.writes(), 8, Duration.ofSeconds(5));
            var committer = new BatchCommitter(threads, 100, hint -> {
            }, WriteObserver.NONE);
            return new Instance(connections, sessions, threads, new TransactionRunner(threads, committer,
                    new StoredRows(sessions), TIMEOUT, nanoTime, WriteObserver.NONE));
        }

        void close() {
            threads.close();
            sessions.close();
            connections.close();
        }
    }

    @BeforeAll
    static void open() {
        database = EmptyDatabases.make();
        Schema.migrate(Connections
                .unpooled(JpaStoreSettings.of(database.url(), database.username(), database.password())));
        one = Instance.open(database);
        other = Instance.open(database);
    }

    @AfterAll
    static void close() {
        one.close();
        other.close();
        database.close();
    }

    private ConversationId start() {
        ConversationId id = Samples.newConversationId();
        one.writes().transact(id, Transactions.begin(Samples.started(id)));
        return id;
    }

    private static Message append(Instance instance, ConversationId id, MessageDraft draft) {
        return instance.writes().transact(id, Transactions.append(draft, Samples.now()));
    }

    private static Conversation head(Instance instance, ConversationId id) {
        return instance.writes().transact(id, tx -> tx.conversation());
    }

    @Test
    void appends_follow_one_another() {
        ConversationId id = start();
        for (int n = 1; n <= 5; n++) {
            assertThat(append(one, id, Samples.draft("m" + n)).position()).isEqualTo(n);
        }
        assertThat(head(one, id).messageCount()).isEqualTo(5);
        assertThat(head(other, id)).isEqualTo(head(one, id));
    }

    @Test
    void a_repeated_append_gives_the_first_message() {
        ConversationId id = start();
        MessageDraft draft = Samples.draft("once \\ \" {} 😀");
        Message first = append(one, id, draft);
        assertThat(append(one, id, draft)).isEqualTo(first);
        assertThat(append(other, id, draft)).isEqualTo(first);
        assertThatExceptionOfType(MessageIdReused.class)
                .isThrownBy(() -> append(one, id, MessageDraft.of(draft.id(), Role.USER, "another")));
        assertThat(head(one, id).messageCount()).isEqualTo(1);
    }

    @Test
    void truncating_and_appending_in_one_transaction() {
        ConversationId id = start();
        List<MessageDraft> drafts = IntStream.range(0, 5).mapToObj(n -> Samples.draft("m" + n)).toList();
        drafts.forEach(draft -> append(one, id, draft));
        one.writes().transact(id, tx -> {
            Message second = tx.messageAt(2).orElseThrow();
            tx.record(tx.conversation().truncateAfter(second, Samples.now()).orElseThrow());
            var again = tx.conversation().append(drafts.get(4), Samples.now());
            tx.record(again);
            tx.record(tx.conversation().edit(second, "edited", Optional.empty(), second.metadata(), Samples.now())
                    .orElseThrow());
            return again;
        });
        List<String> texts = other.writes().transact(id,
                tx -> IntStream.rangeClosed(1, 3).mapToObj(n -> tx.messageAt(n).orElseThrow().text()).toList());
        assertThat(texts).containsExactly("m0", "edited", "m4");
        assertThat(head(other, id)).isEqualTo(head(one, id));
    }

    @Test
    void many_writers_of_two_instances_append_densely() {
        ConversationId id = start();

        List<List<Integer>> positions = TestThreads.run(32, thread -> IntStream.range(0, 50)
                .mapToObj(n -> append(thread % 2 == 0 ? one : other, id, Samples.draft("x")).position()).toList());

        assertThat(positions.stream().flatMap(List::stream).sorted().toList())
                .isEqualTo(IntStream.rangeClosed(1, 1600).boxed().toList());
    }

    /** A look-up of an id is spared where the append itself would fail on a duplicate; a truncation may remove the duplicate. */
    @Test
    void a_message_that_is_truncated_away_and_appended_again_is_found_before_that_S1() {
        ConversationId id = start();
        Message first = append(one, id, Samples.draft("first"));
        MessageDraft draft = Samples.draft("again");
        Message again = append(one, id, draft);

        Optional<Message> found = one.writes().transact(id, tx -> {
            Optional<Message> before = tx.message(draft.id());
            tx.record(tx.conversation().truncateAfter(first, Samples.now()).orElseThrow());
            tx.record(tx.conversation().append(draft, Samples.now()));
            return before;
        });

        assertThat(found).contains(again);
    }

    @Test
    void the_time_that_the_transaction_function_takes_is_not_waiting_S8() {
        ConversationId id = start();
        var clock = new AtomicLong();
        Instance patient = Instance.open(database, clock::get);
        var runs = new AtomicInteger();
        try {
            patient.writes().transact(id, tx -> {
                clock.addAndGet(TIMEOUT.multipliedBy(2).toNanos());
                interfere(id, runs);
                return record(tx);
            });
        } finally {
            patient.close();
        }

        assertThat(runs).hasValueGreaterThan(1);
        assertThat(head(one, id).messageCount()).isEqualTo(2);
    }

    @Test
    void an_interrupt_after_the_first_run_does_not_end_the_wait_for_the_next_and_is_not_lost_S8() {
        ConversationId id = start();
        head(one, id);
        var runs = new AtomicInteger();

        one.writes().transact(id, tx -> {
            interfere(id, runs);
            Thread.currentThread().interrupt();
            return record(tx);
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(runs).hasValueGreaterThan(1);
        assertThat(head(one, id).messageCount()).isEqualTo(2);
    }

    /** During the first run another instance appends, so that the function must run again. */
    private void interfere(ConversationId id, AtomicInteger runs) {
        if (runs.incrementAndGet() == 1) {
            CompletableFuture.supplyAsync(() -> append(other, id, Samples.draft("faster"))).join();
        }
    }

    private static Message record(ConversationTransaction tx) {
        var appended = tx.conversation().append(Samples.draft("mine"), Samples.now());
        tx.record(appended);
        return appended.message();
    }
}
