package dev.confab.adapter.persistence.jpa.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
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
}
