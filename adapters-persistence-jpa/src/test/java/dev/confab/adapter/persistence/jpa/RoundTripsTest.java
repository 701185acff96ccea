package dev.confab.adapter.persistence.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.TurnId;
import dev.confab.testsupport.postgres.Cut;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.Request;
import dev.confab.testsupport.postgres.TcpProxy;
import dev.confab.testsupport.postgres.TestPostgres;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a commit costs on the wire: every request that waits for an answer of the database is counted in between. */
class RoundTripsTest {
    private static final List<String> NOT_THE_WRITERS = List.of("pg_notify", "pg_current_snapshot", "LISTEN",
            "SET application_name", "SET SESSION", "WHERE terms_version <");

    /** The pool's, of a connection that was not used for half a second. */
    private static final List<String> PING = List.of("");

    private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();
    private Database database;
    private TcpProxy proxy;
    private JpaStore store;
    private JpaStore elsewhere;

    @BeforeEach
    void open() {
        database = EmptyDatabases.make();
        proxy = TcpProxy.to(TestPostgres.shared());
        String direct = "//" + TestPostgres.shared().host() + ":" + TestPostgres.shared().port() + "/";
        assertThat(database.url()).contains(direct);
        var settings = TestStore.settings(database);
        elsewhere = JpaStore.open(settings, WriteObserver.NONE);
        store = JpaStore.open(JpaStoreSettings.of(database.url().replace(direct, "//127.0.0.1:" + proxy.port() + "/"),
                database.username(), database.password()), WriteObserver.NONE);
        proxy.cutNext(Cut.BEFORE_SERVER, request -> {
            requests.add(request);
            return false;
        });
    }

    @AfterEach
    void close() {
        store.close();
        elsewhere.close();
        proxy.close();
        database.close();
    }

    @Test
    void an_append_to_a_remembered_conversation_is_one_statement_in_one_round_trip() {
        ConversationId id = begin(store);

        assertThat(statementsOf(() -> append(Samples.draft("warm"), id)))
                .singleElement().asString().startsWith("WITH c AS (UPDATE conversation")
                .contains("INSERT INTO message");
    }

    @Test
    void an_append_to_an_unknown_conversation_is_two_statements_in_two_round_trips() {
        ConversationId id = begin(elsewhere);

        List<String> statements = statementsOf(() -> append(Samples.draft("cold"), id));

        assertThat(statements).hasSize(2);
        assertThat(statements.getFirst()).startsWith("select");
        assertThat(statements.getLast()).startsWith("WITH c AS (UPDATE conversation").contains("INSERT INTO message");
    }

    @Test
    void a_thousand_messages_are_one_statement_as_well() {
        ConversationId id = begin(store);
        List<MessageDraft> drafts = Stream.generate(() -> Samples.draft("one of many")).limit(1000).toList();

        assertThat(
                statementsOf(() -> store.transact(id, Transactions.appendAll(drafts, Optional.empty(), Samples.now()))))
                .hasSize(1);
    }

    @Test
    void a_refusal_that_rests_on_a_remembered_head_is_confirmed() {
        ConversationId id = begin(store);

        assertThat(statementsOf(() -> store.transact(id, Transactions::version))).singleElement()
                .asString().startsWith("SELECT 1 FROM conversation");
    }

    @Test
    void a_rename_is_one_statement_and_a_deletion_looks_for_an_unfinished_turn_first() {
        ConversationId id = begin(store);
        Optional<Title> title = Samples.title("new");

        assertThat(
                statementsOf(() -> store.transact(id, Transactions.change(head -> head.rename(title, Samples.now())))))
                .hasSize(1);
        List<String> deletion = statementsOf(
                () -> store.transact(id, Transactions.move(head -> head.delete(Samples.now()))));
        assertThat(deletion).hasSize(3);
        assertThat(deletion.getLast()).startsWith("WITH c AS (UPDATE conversation");
    }

    @Test
    void a_creation_reads_the_fence_and_the_row_and_checks_the_fence_in_the_statement_that_commits() {
        var first = Samples.started(Samples.newConversationId());

        List<String> statements = statementsOf(() -> store.transact(first.conversationId(),
                Transactions.begin(first, store.token(Samples.ALICE))));

        assertThat(statements).hasSize(3);
        assertThat(statements.get(0)).startsWith("SELECT number FROM erased_owner");
        assertThat(statements.get(1)).startsWith("select");
        assertThat(statements.get(2)).startsWith("WITH c AS (").contains("owner_unless_erased");
    }

    /** What sessions and turns there are is not remembered, so each work that asks pays two statements; the commit is still one. */
    @Test
    void a_turn_is_started_renewed_and_completed_by_two_look_ups_and_one_statement_each_time() {
        ConversationId id = begin(store);
        Session session = SessionSamples.session(id);
        TurnId turn = SessionSamples.newTurnId();

        assertOneCommit(() -> store.transact(id, SessionTransactions.begin(session)), "INSERT INTO session");
        assertOneCommit(() -> store.transact(id, SessionTransactions.start(turn, session.id(), Samples.draft("prompt"),
                Samples.now(), Samples.now().plusSeconds(60))), "INSERT INTO message", "INSERT INTO turn");
        assertOneCommit(() -> store.transact(id, SessionTransactions.turn(turn, running -> Optional
                .of(running.renew(1, Samples.now().plusSeconds(60), "said", Samples.now())))), "INSERT INTO turn");
        assertOneCommit(
                () -> store.transact(id, SessionTransactions.complete(turn, 1, Samples.draft("reply"), Samples.now())),
                "INSERT INTO message", "INSERT INTO turn");
    }

    private void assertOneCommit(Runnable work, String... parts) {
        List<String> statements = statementsOf(work);
        assertThat(statements).hasSize(3);
        assertThat(statements.subList(0, 2)).allMatch(statement -> statement.startsWith("select"));
        assertThat(statements.getLast()).startsWith("WITH c AS (UPDATE conversation SET revision").contains(parts);
    }

    private static ConversationId begin(JpaStore store) {
        ConversationId id = Samples.newConversationId();
        store.transact(id, Transactions.begin(Samples.started(id)));
        return id;
    }

    private void append(MessageDraft draft, ConversationId id) {
        store.transact(id, Transactions.append(draft, Samples.now()));
    }

    /** Each request's one statement, but those of the feed, of the look for old search terms, and of connections being opened. */
    private List<String> statementsOf(Runnable action) {
        requests.clear();
        action.run();
        return requests.stream().filter(request -> NOT_THE_WRITERS.stream().noneMatch(request::runs))
                .filter(request -> !request.statements().equals(PING)).map(request -> {
                    assertThat(request.statements()).hasSize(1);
                    return request.statements().getFirst();
                }).toList();
    }
}
