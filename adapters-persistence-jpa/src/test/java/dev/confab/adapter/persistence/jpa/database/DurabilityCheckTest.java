package dev.confab.adapter.persistence.jpa.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.jpa.Connections;
import dev.confab.adapter.persistence.jpa.TestStore;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

class DurabilityCheckTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    @AutoClose
    private final Database database = TestPostgres.shared().newDatabase();
    private final AtomicInteger asked = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "57P03", "57P01", "53300"})
    void a_database_that_is_away_or_starting_is_asked_again(String state) {
        DurabilityCheck.await(failingOnce(state), LONG);

        assertThat(asked).hasValue(2);
    }

    @Test
    void without_patience_it_is_asked_once() {
        assertThatThrownBy(() -> DurabilityCheck.await(failingOnce("08001"), Duration.ZERO))
                .isInstanceOf(DatabaseUnreachable.class).hasMessageContaining("cannot be reached");

        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"28P01", "3D000"})
    void a_database_that_rejects_us_is_not_asked_again(String state) {
        assertThatThrownBy(() -> DurabilityCheck.await(failingOnce(state), LONG))
                .isInstanceOf(DatabaseCannotServe.class).isNotInstanceOf(DatabaseUnreachable.class);

        assertThat(asked).hasValue(1);
    }

    private DataSource failingOnce(String state) {
        DataSource real = Connections.unpooled(TestStore.settings(database));
        return new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                if (asked.incrementAndGet() == 1) {
                    throw new SQLException("no connection", state);
                }
                return real.getConnection();
            }

            @Override
            public Connection getConnection(String username, String password) {
                throw new UnsupportedOperationException("the settings hold the name and the password");
            }
        };
    }
}
