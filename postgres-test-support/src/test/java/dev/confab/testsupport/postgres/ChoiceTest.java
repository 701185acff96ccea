package dev.confab.testsupport.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ChoiceTest {
    @Test
    void unset_it_is_a_container_where_docker_answers() {
        assertThat(Choice.of("", "", () -> true))
                .isEqualTo(new Choice.Container("postgres:18-alpine", false, "a Docker engine answers"));
    }

    @Test
    void unset_it_is_embedded_where_docker_does_not() {
        assertThat(Choice.of("", "", () -> false)).isEqualTo(new Choice.Embedded("no Docker engine answers"));
    }

    @Test
    void what_is_forced_does_not_ask_for_docker() {
        assertThat(Choice.of("embedded", "", ChoiceTest::nobodyMayAsk)).isInstanceOf(Choice.Embedded.class);
        assertThat(Choice.of("testcontainers", "postgres:15", ChoiceTest::nobodyMayAsk))
                .isEqualTo(new Choice.Container("postgres:15", true, "-Dpostgres=testcontainers"));
    }

    @Test
    void a_url_names_a_server_that_is_there_and_its_password_is_not_told() {
        String url = "jdbc:postgresql://db:5433/work?user=me&password=secret";

        Choice choice = Choice.of(url, "", ChoiceTest::nobodyMayAsk);

        assertThat(choice).isInstanceOf(Choice.Existing.class);
        assertThat(choice.reason()).doesNotContain("secret");
        assertThat(Login.of(url)).isEqualTo(new Login("db", 5433, "work", "me", "secret"));
    }

    @Test
    void anything_else_is_refused() {
        assertThatThrownBy(() -> Choice.of("docker", "", () -> true))
                .hasMessageContaining("-Dpostgres=docker is none of");
    }

    private static boolean nobodyMayAsk() {
        throw new AssertionError("asked for Docker");
    }
}
