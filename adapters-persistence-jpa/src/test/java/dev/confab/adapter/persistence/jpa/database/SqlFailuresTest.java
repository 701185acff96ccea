package dev.confab.adapter.persistence.jpa.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFailuresTest {

    /** Insufficient resources, operator intervention (a statement's time-out among them), system error; lock_not_available. */
    @ParameterizedTest
    @ValueSource(strings = {"53100", "57014", "57P03", "58030", "55P03", "40001"})
    void an_error_of_the_server_is_not_blamed_on_one_of_the_functions_that_share_a_commit(String state) {
        assertThat(SqlFailures.mayBeOneFunctions(new SQLException("x", state))).isFalse();
    }

    /** A violated constraint, a value that does not fit, and an error that says nothing. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"23514", "22001", "54000"})
    void any_other_error_may_come_from_one_of_them(String state) {
        assertThat(SqlFailures.mayBeOneFunctions(new SQLException("x", state))).isTrue();
    }

    /** On a slow machine the connection may not answer in time, and works. */
    @ParameterizedTest
    @ValueSource(strings = {"23505", "CF001"})
    void what_is_refused_while_the_statement_runs_is_not_recorded_whatever_becomes_of_the_connection(String state) {
        assertThat(SqlFailures.isUnknown(new SQLException("x", state), connection(false))).isFalse();
    }

    /** Errors after which the connection may be lost, and any other when it is lost. */
    @ParameterizedTest
    @CsvSource({"08006, true", "57P01, true", "22001, false"})
    void of_other_errors_the_outcome_is_unknown_when_the_connection_does_not_answer(String state, boolean valid) {
        assertThat(SqlFailures.isUnknown(new SQLException("x", state), connection(valid))).isTrue();
    }

    private static Connection connection(boolean valid) {
        return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[]{Connection.class},
                (_, _, _) -> valid);
    }
}
