package dev.confab.adapter.persistence.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.ConversationStore.Removal;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.Session;
import dev.confab.testsupport.postgres.Database;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A conversation whose rows cannot be mapped can still be deleted, purged and erased. */
class DamagedRowsTest {
    private static final String BROKEN_HEAD = "UPDATE conversation SET metadata = '[1]' WHERE id = ?";
    private static final String BROKEN_SESSION = "UPDATE session SET name = '' WHERE conversation_id = ?";

    private Database database;
    private JpaStore store;
    private JdbcClient sql;

    @BeforeEach
    void open() {
        database = EmptyDatabases.make();
        var settings = TestStore.settings(database);
        store = JpaStore.open(settings, WriteObserver.NONE);
        DataSource source = Connections.unpooled(settings);
        sql = JdbcClient.create(source);
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {BROKEN_HEAD, BROKEN_SESSION})
    void a_damaged_conversation_is_moved_to_the_bin_with_its_data(String damage) {
        ConversationId id = damaged(damage);
        Instant at = Samples.now();
        assertThat(store.removeDamaged(id, Samples.BOB, Removal.DELETE, at)).isFalse();

        assertThat(store.removeDamaged(id, Samples.ALICE, Removal.DELETE, at)).isTrue();

        assertThat(store.reader().find(id, Samples.now())).isEmpty();
        assertThat(count("conversation WHERE deleted_at IS NOT NULL")).isOne();
        assertThat(count("message")).isEqualTo(2);
        assertThat(count("turn WHERE finished_at IS NULL")).isZero();
        assertThat(store.removeDamaged(id, Samples.ALICE, Removal.DELETE, at)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {BROKEN_HEAD, BROKEN_SESSION})
    void a_damaged_conversation_is_purged_and_its_id_is_free(String damage) {
        ConversationId id = damaged(damage);
        assertThat(store.removeDamaged(id, Samples.BOB, Removal.PURGE, Samples.now())).isFalse();

        assertThat(store.removeDamaged(id, Samples.ALICE, Removal.PURGE, Samples.now())).isTrue();

        assertThat(count("conversation") + count("message") + count("session") + count("turn")).isZero();
        store.transact(id, Transactions.begin(Samples.started(id)));
        assertThat(store.transact(id, Transactions::version)).isOne();
    }

    @Test
    void an_erasure_purges_damaged_conversations_too() {
        damaged(BROKEN_HEAD);
        ConversationId whole = Samples.newConversationId();
        store.transact(whole, Transactions.begin(Samples.started(whole)));

        assertThat(store.erase(Samples.ALICE).conversations()).isEqualTo(2);

        assertThat(count("conversation")).isZero();
    }

    /** Damaged behind the store, which remembers its head, and opened anew. */
    private ConversationId damaged(String damage) {
        ConversationId id = Samples.newConversationId();
        store.transact(id, Transactions.begin(Samples.started(id)));
        store.transact(id, Transactions.append(Samples.draft("one"), Samples.now()));
        Session session = store.transact(id, SessionTransactions.begin(SessionSamples.session(id)));
        store.transact(id,
                SessionTransactions.start(SessionSamples.newTurnId(), session.id(), Samples.draft("a prompt"),
                        Samples.now(), SessionSamples.lease()));
        store.close();
        sql.sql(damage).param(id.value()).update();
        store = JpaStore.open(TestStore.settings(database),
                WriteObserver.NONE);
        assertThatThrownBy(() -> store.transact(id, ConversationTransaction::activity))
                .isInstanceOf(ConversationDamaged.class);
        return id;
    }

    private long count(String from) {
        return sql.sql("SELECT count(*) FROM " + from).query(Long.class).single();
    }
}
