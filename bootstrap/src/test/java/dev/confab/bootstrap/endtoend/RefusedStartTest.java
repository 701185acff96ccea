package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What cannot start says in a sentence why, without a stack trace. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedStartTest {
    @TempDir
    Path directory;

    @Test
    void a_directory_in_use_is_refused_and_its_holder_serves_on(CapturedOutput output) throws Exception {
        try (var first = RunningConfab.start(directory)) {
            refuses();

            assertThat(output).contains("APPLICATION FAILED TO START", directory.toString(), "in use")
                    .doesNotContain("\tat ");
            assertThat(first.post("/api/v1/conversations", "{}").statusCode()).isEqualTo(201);
        }
    }

    @Test
    void an_address_that_other_machines_can_reach_is_refused(CapturedOutput output) {
        refuses("--server.address=0.0.0.0");

        assertThat(output).contains("server.address is 0.0.0.0", "127.0.0.1").doesNotContain("\tat ");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void no_address_at_all_is_refused(CapturedOutput output) {
        refuses("--server.address=");

        assertThat(output).contains("every address of this machine").doesNotContain("\tat ");
    }

    @Test
    void health_and_metrics_on_a_port_of_their_own_are_held_to_the_same(CapturedOutput output) {
        refuses("--management.server.port=0");

        assertThat(output).contains("management.server.address").doesNotContain("\tat ");
    }

    @Test
    void an_unknown_store_is_refused_and_the_known_ones_are_named(CapturedOutput output) {
        refuses("--confab.persistence=parchment");

        assertThat(output).contains("confab.persistence", "parchment", "file, jpa").doesNotContain("\tat ");
    }

    @Test
    void a_setting_out_of_range_is_refused_by_name(CapturedOutput output) {
        refuses("--confab.file.checkpoint-size=1KB");

        assertThat(output).contains("confab.file.checkpoint-size is \"1024B\"", "must be at least 64KB")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --confab.persistance=jpa             | confab.persistance | Did you mean confab.persistence?
            --confab.fil.directory=x             | confab.fil.directory | Did you mean confab.file.directory?
            --confab.cors.allowed-origin[0]=x    | confab.cors.allowed-origin | Did you mean confab.cors.allowed-origins?
            --confab.file.lock-timeout=3x        | confab.file.lock-timeout is "3x" | such as 500ms
            --confab.file.cache-size=many        | confab.file.cache-size is "many" | such as 64KB
            --confab.file.salvage=maybe          | confab.file.salvage is "maybe" | true or false
            --confab.turn.context-tokens=few     | confab.turn.context-tokens is "few" | a whole number
            --confab.turn.context-tokens=0       | confab.turn.context-tokens is "0" | greater than or equal to 1
            --confab.limits.requests-per-second=-1 | confab.limits.requests-per-second is "-1" | greater than or equal to 0
            --confab.limits.burst=0              | confab.limits.burst is "0" | greater than or equal to 1
            --confab.limits.stored-bytes=-1B     | confab.limits.stored-bytes is "-1B" | must be at least 0B
            --confab.limits.stored-bytes=all     | confab.limits.stored-bytes is "all" | such as 64KB
            --confab.turn.max-running-per-owner=0 | confab.turn.max-running-per-owner is "0" | greater than or equal to 1
            --confab.assistant.provider=oracle   | confab.assistant.provider is "oracle" | one of: offline, openai
            --confab.tracing.endpoint=localhost:4318 | confab.tracing.endpoint is "localhost:4318" | such as http://localhost:4318/v1/traces
            --confab.tracing.endpoint=http://localhost:4318 | confab.tracing.endpoint is "http://localhost:4318" | with a path
            --confab.tracing.sampling=2          | confab.tracing.sampling is "2.0" | less than or equal to 1
            --confab.tracing.sampling=half       | confab.tracing.sampling is "half" | a number such as 0.5
            --confab.security=keys               | confab.security is "keys" | one of: none, api-keys, jwt
            --confab.security=jwt                | confab.jwt.issuer is not set | Set confab.jwt.issuer
            --confab.jwt.algorithms=HS256        | confab.jwt.algorithms | RS256
            --confab.server.trusted-proxies=any  | confab.server.trusted-proxies[0] is "any" | an IP address or a range
            --confab.server.allowed-hosts=a:80   | confab.server.allowed-hosts | without a port
            --server.forward-headers-strategy=native | server.forward-headers-strategy is native | confab.server.trusted-proxies
            """)
    void a_wrong_setting_is_refused_by_name_with_the_allowed_values(String argument, String wrong, String allowed,
            CapturedOutput output) {
        refuses(argument);

        assertThat(output).contains(wrong, allowed).doesNotContain("\tat ", "java.", "dev.confab");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_secret_of_a_client_without_an_id_is_refused(CapturedOutput output) {
        refuses("--confab.security=jwt", "--confab.jwt.issuer=https://login.example.org",
                "--confab.jwt.audience=confab", "--confab.jwt.client-secret=not to be shown");

        assertThat(output).contains("confab.jwt.client-id is not").doesNotContain("not to be shown");
    }

    @Test
    void a_directory_of_a_newer_format_is_refused_and_left_alone(CapturedOutput output) throws Exception {
        Files.writeString(directory.resolve("format"), "999\n");

        refuses();

        assertThat(output).contains("APPLICATION FAILED TO START", directory.toString()).doesNotContain("\tat ");
        assertThat(directory.resolve("format")).hasContent("999\n");
    }

    private void refuses(String... arguments) {
        assertThatThrownBy(() -> RunningConfab.start(directory, arguments).close()).isInstanceOf(Exception.class);
    }
}
