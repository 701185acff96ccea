package dev.confab.testsupport.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpProxyTest {
    private final Database database = TestPostgres.shared().newDatabase();
    private final TcpProxy proxy = TcpProxy.to(TestPostgres.shared());

    @BeforeEach
    void table() throws SQLException {
        try (Connection connection = database.connect()) {
            run(connection, "CREATE TABLE kept (n int)");
        }
    }

    @AfterEach
    void close() {
        proxy.close();
        database.close();
    }

    @Test
    void it_passes_on_large_messages_both_ways() throws SQLException {
        String large = "x".repeat(3_000_000);
        try (Connection connection = throughProxy();
                PreparedStatement echo = connection.prepareStatement("SELECT ? || '!'")) {
            echo.setString(1, large);
            try (var rows = echo.executeQuery()) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo(large + "!");
            }
        }
    }

    @Test
    void cut_before_the_server_nothing_is_committed() throws Exception {
        try (Connection connection = throughProxy()) {
            CompletableFuture<Request> cut = proxy.cutNext(Cut.BEFORE_SERVER, Request::commits);

            assertBreaks(() -> insertAndCommit(connection));

            cut.get(30, TimeUnit.SECONDS);
            awaitNoOtherConnection();
            assertThat(kept()).isZero();
        }
    }

    @Test
    void a_cut_behind_the_server_leaves_a_commit_without_a_response() throws Exception {
        try (Connection connection = throughProxy()) {
            CompletableFuture<Request> cut = proxy.cutNext(Cut.AFTER_SERVER, Request::commits);

            assertBreaks(() -> insertAndCommit(connection));

            assertThat(kept()).isOne();
            assertThat(cut.get(30, TimeUnit.SECONDS).statements()).containsExactly("COMMIT");
        }
    }

    @Test
    void cut_without_waiting_the_server_still_gets_the_request() throws Exception {
        try (Connection connection = throughProxy()) {
            CompletableFuture<Request> cut = proxy.cutNext(Cut.WITHOUT_WAITING, Request::commits);

            assertBreaks(() -> insertAndCommit(connection));

            cut.get(30, TimeUnit.SECONDS);
            awaitNoOtherConnection();
            assertThat(kept()).isOne();
        }
    }

    @Test
    void a_statement_prepared_on_the_server_long_ago_is_recognised_by_its_text() throws Exception {
        String named = database.urlThrough(proxy) + "?prepareThreshold=1";
        try (Connection connection = DriverManager.getConnection(named, database.username(), database.password());
                PreparedStatement insert = connection.prepareStatement("INSERT INTO kept VALUES (1) -- marked");
                Statement other = connection.createStatement()) {
            insert.execute();
            insert.execute();
            CompletableFuture<Request> cut = proxy.cutNext(Cut.AFTER_SERVER, request -> request.runs("marked"));
            other.execute("SELECT 1");
            assertThat(cut).isNotDone();

            assertBreaks(insert::execute);

            assertThat(kept()).isEqualTo(3);
            assertThat(cut.get(30, TimeUnit.SECONDS).runs("marked")).isTrue();
        }
    }

    @Test
    void a_silenced_connection_stays_open_and_passes_no_bytes() throws Exception {
        String impatient = database.urlThrough(proxy) + "?socketTimeout=1";
        try (Connection connection = DriverManager.getConnection(impatient, database.username(), database.password())) {
            run(connection, "INSERT INTO kept VALUES (1)");

            proxy.silenceAll();

            assertThatThrownBy(() -> run(connection, "INSERT INTO kept VALUES (2)"))
                    .hasRootCauseInstanceOf(SocketTimeoutException.class);
            assertThat(kept()).isOne();
            try (Connection another = throughProxy()) {
                run(another, "INSERT INTO kept VALUES (3)");
            }
        }
    }

    @Test
    void a_cut_is_made_once() throws Exception {
        proxy.cutNext(Cut.AFTER_SERVER, Request::commits);

        try (Connection first = throughProxy(); Connection second = throughProxy()) {
            assertBreaks(() -> insertAndCommit(first));
            insertAndCommit(second);
        }

        assertThat(kept()).isEqualTo(2);
    }

    @Test
    void all_connections_are_cut_and_a_new_one_is_taken() throws SQLException {
        try (Connection first = throughProxy(); Connection second = throughProxy()) {
            proxy.cutAll();

            assertBreaks(() -> run(first, "SELECT 1"));
            assertBreaks(() -> run(second, "SELECT 1"));
        }
        try (Connection third = throughProxy()) {
            run(third, "SELECT 1");
        }
    }

    @Test
    void a_new_connection_is_refused_until_it_accepts_again() throws SQLException {
        try (Connection open = throughProxy()) {
            proxy.refuse();

            assertBreaks(this::throughProxy);
            run(open, "SELECT 1");
        }

        proxy.accept();
        try (Connection again = throughProxy()) {
            run(again, "SELECT 1");
        }
    }

    private Connection throughProxy() throws SQLException {
        return DriverManager.getConnection(database.urlThrough(proxy), database.username(), database.password());
    }

    private static void insertAndCommit(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        run(connection, "INSERT INTO kept VALUES (1)");
        connection.commit();
    }

    /** SQLSTATE class 08: the connection is gone. */
    private static void assertBreaks(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
    }

    private int kept() throws SQLException {
        return count("SELECT count(*) FROM kept");
    }

    /** Then the server has executed or rolled back every request. */
    private void awaitNoOtherConnection() throws SQLException {
        while (count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                + "AND backend_type = 'client backend' AND pid <> pg_backend_pid()") > 0) {
            Thread.onSpinWait();
        }
    }

    private int count(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
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
