package dev.confab.testsupport.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.confab.testsupport.postgres.server.Login;
import dev.confab.testsupport.postgres.server.Settings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestPostgresTest {
    private final TestPostgres postgres = TestPostgres.shared();

    @Test
    void it_keeps_acknowledged_commits() {
        assertThat(postgres.ask("SHOW fsync")).isEqualTo("on");
        assertThat(postgres.ask("SHOW synchronous_commit")).isEqualTo("on");
        assertThat(postgres.ask("SHOW full_page_writes")).isEqualTo("on");
    }

    @Test
    void a_server_that_may_lose_commits_is_refused() {
        postgres.admin("CREATE ROLE careless SUPERUSER LOGIN PASSWORD 'x'");
        postgres.admin("ALTER ROLE careless SET synchronous_commit = off");
        Login login = new Login(postgres.host(), postgres.port(), "postgres", "careless", "x");

        assertThatThrownBy(() -> Settings.requireDurability(login)).hasMessageContaining("synchronous_commit = off");

        postgres.admin("DROP ROLE careless");
    }

    @Test
    void it_is_the_server_that_was_asked_for() {
        String server = System.getProperty("postgres", "");
        assumeFalse(server.isEmpty() || server.startsWith("jdbc:"), "the server is not ours");

        String expected = server.equals("embedded")
                ? "18.6"
                : System.getProperty("postgres.image", "postgres:18").replaceFirst(".*:(\\d+).*", "$1");

        assertThat(postgres.ask("SHOW server_version")).startsWith(expected);
        assertThat(postgres.ask("SHOW max_connections")).isEqualTo("300");
    }

    @Test
    void each_database_is_new_and_closing_drops_it_though_someone_is_connected() throws SQLException {
        Database first = postgres.newDatabase();
        try (Database second = postgres.newDatabase(); Connection connection = first.connect()) {
            run(connection, "CREATE TABLE t (n int)");
            assertThat(tables(second)).isZero();
            assertThat(tables(first)).isOne();

            first.close();

            assertThat(postgres.ask("SELECT count(*) FROM pg_database WHERE datname = '" + first.name() + "'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void a_copy_of_a_database_holds_the_same_and_changes_alone() throws SQLException {
        try (Database template = postgres.newDatabase()) {
            try (Connection connection = template.connect()) {
                run(connection, "CREATE TABLE t (n int)");
            }
            try (Database copy = postgres.copyOf(template); Connection connection = copy.connect()) {
                run(connection, "CREATE TABLE u (n int)");

                assertThat(tables(copy)).isEqualTo(2);
                assertThat(tables(template)).isOne();
            }
        }
    }

    @Test
    void an_immediate_restart_breaks_every_connection_and_keeps_committed_rows() throws SQLException {
        assumeFalse(System.getProperty("postgres", "").startsWith("jdbc:"), "the server is not ours");
        try (Database database = postgres.newDatabase(); Connection before = database.connect()) {
            String started = postgres.ask("SELECT pg_postmaster_start_time()");
            run(before, "CREATE TABLE committed ()");
            before.setAutoCommit(false);
            run(before, "CREATE TABLE uncommitted ()");

            postgres.restartImmediately();

            assertThatThrownBy(before::commit).isInstanceOf(SQLException.class);
            assertThat(tables(database)).isOne();
            assertThat(postgres.ask("SELECT pg_postmaster_start_time()")).isNotEqualTo(started);
            Settings.requireDurability(
                    new Login(postgres.host(), postgres.port(), "postgres", database.username(), database.password()));
        }
    }

    private static int tables(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement
                        .executeQuery("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
