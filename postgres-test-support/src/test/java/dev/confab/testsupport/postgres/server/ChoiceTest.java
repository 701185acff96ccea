package dev.confab.testsupport.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    @Test
    void unset_it_is_a_container_where_docker_can_have_one() {
        assertThat(Choice.of("", "", _ -> Optional.empty()))
                .isEqualTo(new Choice.Container("postgres:18-alpine", "Docker has its image"));
    }

    @Test
    void unset_it_is_embedded_where_docker_cannot() {
        assertThat(Choice.of("", "", _ -> Optional.of("no Docker")))
                .isEqualTo(new Choice.Embedded("no Docker"));
    }

    @Test
    void a_forced_choice_does_not_ask_for_docker() {
        assertThat(Choice.of("embedded", "", ChoiceTest::nobodyMayAsk)).isInstanceOf(Choice.Embedded.class);
        assertThat(Choice.of("testcontainers", "postgres:15", ChoiceTest::nobodyMayAsk))
                .isEqualTo(new Choice.Container("postgres:15", "-Dpostgres=testcontainers"));
    }

    @Test
    void a_url_names_an_existing_server_and_its_password_is_not_shown() {
        String url = "jdbc:postgresql://db:5433/work?user=me&password=secret";

        Choice choice = Choice.of(url, "", ChoiceTest::nobodyMayAsk);

        assertThat(choice).isInstanceOf(Choice.Existing.class);
        assertThat(choice.reason()).doesNotContain("secret");
        assertThat(Login.of(url)).isEqualTo(new Login("db", 5433, "work", "me", "secret"));
    }

    @Test
    void anything_else_is_refused() {
        assertThatThrownBy(() -> Choice.of("docker", "", ChoiceTest::nobodyMayAsk))
                .hasMessageContaining("-Dpostgres=docker must be");
    }

    private static Optional<String> nobodyMayAsk(String image) {
        throw new AssertionError("asked Docker for " + image);
    }
}
