package dev.confab.adapter.persistence.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.sample.ApiKeySamples;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.testsupport.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a caller gets when the table of API keys, or a row of it, is locked, damaged or cannot be reached. */
class ApiKeyFailureTest {
    private final Database database = EmptyDatabases.make();
    private final JpaStore store = JpaStore.open(TestStore.settings(database, Duration.ofMillis(250)),
            WriteObserver.NONE);
    private final ApiKeyStore keys = store.keys();
    private final ApiKey key = ApiKeySamples.apiKey(Samples.ALICE);

    @BeforeEach
    void create() {
        keys.create(key);
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    @Test
    void a_creation_that_waits_too_long_for_others_fails_and_everything_else_goes_on_K9() throws SQLException {
        try (Connection other = database.connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("SELECT pg_advisory_xact_lock(7165065848958115691)");

            assertUnavailable("locked in the database", () -> keys.create(ApiKeySamples.apiKey(Samples.BOB)));

            keys.recordUse(key.id(), Samples.now());
            assertThat(keys.revoke(key.id(), Samples.now())).isTrue();
        }
        assertThat(keys.list(Optional.empty(), Optional.empty(), 10)).hasSize(1);
        keys.create(ApiKeySamples.apiKey(Samples.BOB));
    }

    @Test
    void a_row_that_stays_locked_fails_its_changes_and_can_still_be_read_K9() throws SQLException {
        try (Connection other = database.connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("SELECT 1 FROM api_key FOR UPDATE");

            assertUnavailable("locked in the database", () -> keys.recordUse(key.id(), Samples.now()));
            assertUnavailable("locked in the database", () -> keys.revoke(key.id(), Samples.now()));

            assertThat(keys.find(key.id())).contains(key);
        }
    }

    @Test
    void a_damaged_row_is_named_and_is_no_missing_key() throws SQLException {
        try (Connection other = database.connect()) {
            other.createStatement().execute("UPDATE api_key SET scopes = '{read,everything}'");
        }

        assertUnavailable("API key " + key.id(), () -> keys.find(key.id()));
        assertUnavailable("everything", () -> keys.list(Optional.empty(), Optional.empty(), 10));
    }

    @Test
    void a_closed_store_is_unavailable() {
        store.close();

        assertUnavailable("closed", () -> keys.create(key));
        assertThatThrownBy(() -> keys.find(key.id())).isInstanceOf(StorageUnavailable.class);
    }

    private static void assertUnavailable(String said, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(StorageUnavailable.class).hasMessageContaining(said);
    }
}
