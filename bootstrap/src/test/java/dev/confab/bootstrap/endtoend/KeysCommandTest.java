package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.application.ApiKeys;
import dev.confab.bootstrap.endtoend.Cli.Result;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyToken;
import dev.confab.domain.access.Scope;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code keys}, on both stores. */
class KeysCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path directory;

    @Test
    void a_key_made_on_files_is_accepted_by_the_server_until_it_is_revoked() {
        Cli cli = onFiles();

        Result created = cli.run("keys", "create", "--owner=ann", "--name=Chat backend", "--scope=read,on-behalf",
                "--expires=90d");

        assertThat(created.status()).as(created.err()).isZero();
        String token = created.out().strip();
        String id = ApiKeyToken.parse(token).orElseThrow().id().toString();
        assertThat(created.err()).contains(id, "not shown again").doesNotContain(token);
        try (var confab = RunningConfab.start(directory)) {
            ApiKey key = confab.bean(ApiKeys.class).authenticate(token).orElseThrow();
            assertThat(key.owner()).isEqualTo(new OwnerId("ann"));
            assertThat(key.scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.ON_BEHALF);
            assertThat(Duration.between(key.createdAt(), key.expiresAt().orElseThrow()))
                    .isBetween(Duration.ofDays(90).minusMinutes(5), Duration.ofDays(90));
        }
        Result list = cli.run("keys", "list");
        assertThat(list.out()).startsWith("ID ").contains(id, "ann", "Chat backend", "read,on-behalf", "expires ")
                .doesNotContain("never used").hasLineCount(2);

        Result revoked = cli.run("keys", "revoke", id);

        assertThat(revoked.status()).isZero();
        assertThat(revoked.out()).startsWith("API key " + id + " is revoked since ");
        assertThat(cli.run("keys", "revoke", id).out()).isEqualTo(revoked.out());
        try (var confab = RunningConfab.start(directory)) {
            assertThat(confab.bean(ApiKeys.class).authenticate(token)).isEmpty();
        }
    }

    @Test
    void a_key_gets_limits_and_impossible_ones_are_refused() {
        Cli cli = onFiles();
        JsonNode key = json(cli.run("keys", "create", "--owner=ann", "--name=one", "--scope=write", "--json",
                "--requests-per-second=7", "--stored-bytes=5GB", "--event-streams=3"));
        assertThat(key.at("/key/limits").toString())
                .isEqualTo("{\"requestsPerSecond\":7,\"burst\":35,\"eventStreams\":3,\"storedBytes\":5368709120}");
        assertThat(json(cli.run("keys", "list", "--json"))).isEqualTo(key.at("/key"));

        for (String wrong : List.of("--burst=5", "--requests-per-second=0", "--stored-bytes=much",
                "--running-turns=-1", "--conversations=x")) {
            Result refused = cli.run("keys", "create", "--owner=ann", "--name=one", "--scope=write", wrong);
            assertThat(refused.status()).as(wrong).isEqualTo(64);
            assertThat(refused.out()).as(wrong).isEmpty();
        }
        assertThat(cli.run("keys", "list", "--json").out()).hasLineCount(1);
    }

    @Test
    void programs_read_json() {
        Cli cli = onFiles();
        JsonNode ann = json(cli.run("keys", "create", "--owner=ann", "--name=one", "--scope=write", "--json"));
        JsonNode ben = json(
                cli.run("keys", "create", "--owner=ben", "--name=two\nlines", "--scope", "admin", "--json"));

        assertThat(ApiKeyToken.parse(ann.at("/token").asString()).orElseThrow().id())
                .hasToString(ann.at("/key/id").asString());
        assertThat(ann.at("/key/scopes").toString()).isEqualTo("[\"write\"]");
        assertThat(ann.at("/key").has("expiresAt")).isFalse();
        Result all = cli.run("keys", "list", "--json");
        assertThat(all.out().lines().map(JSON::readTree)).containsExactly(ann.at("/key"), ben.at("/key"));
        Result one = cli.run("keys", "list", "--owner=ben", "--json");
        assertThat(one.out().lines().map(JSON::readTree)).containsExactly(ben.at("/key"));
        assertThat(cli.run("keys", "list", "--owner=ben").out()).contains("two\uFFFDlines").hasLineCount(2);
        JsonNode revoked = json(cli.run("keys", "revoke", ann.at("/key/id").asString(), "--json"));
        assertThat(revoked.has("revokedAt")).isTrue();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void keys_that_are_made_and_revoked_are_in_the_audit_log(CapturedOutput output) {
        Cli cli = onFiles();
        String token = cli.run("keys", "create", "--owner=ann", "--name=two\nlines", "--scope=write,read").out()
                .strip();
        String id = ApiKeyToken.parse(token).orElseThrow().id().toString();
        cli.run("keys", "revoke", id);
        cli.run("keys", "revoke", "019c0f2e-7a00-7000-8000-000000000001");

        String by = "by=command line of " + System.getProperty("user.name") + " request=-";
        assertThat(output.getErr().lines().filter(line -> line.contains("API key created"))).singleElement()
                .asString().contains("key=" + id, "owner=ann", "name=two?lines", "scopes=read,write", by);
        assertThat(output.getErr().lines().filter(line -> line.contains("API key revoked"))).singleElement()
                .asString().contains("key=" + id, "owner=ann", by);
        assertThat(output.getAll()).doesNotContain(token.substring(token.length() - 43));
    }

    @Test
    void while_a_server_has_the_directory_open_its_admin_api_is_named() {
        try (var confab = RunningConfab.start(directory)) {
            Result refused = onFiles().run("keys", "create", "--owner=ann", "--name=one", "--scope=read");

            assertThat(refused.status()).isEqualTo(75);
            assertThat(refused.out()).isEmpty();
            assertThat(refused.err()).contains(directory.toString(), "is in use by process", "admin API")
                    .doesNotContain("\tat ");
            assertThat(confab.bean(ApiKeys.class).list(Optional.empty(), Optional.empty(), 10))
                    .isEmpty();
        }
    }

    @Test
    void on_postgresql_keys_are_made_and_revoked_while_servers_run() {
        try (Database database = TestPostgres.shared().newDatabase();
                var confab = RunningConfab.start(database)) {
            var cli = Cli.on(database);
            var keys = confab.bean(ApiKeys.class);

            Result created = cli.run("keys", "create", "--owner=ann", "--name=one", "--scope=read");
            assertThat(created.status()).as(created.err()).isZero();
            String token = created.out().strip();
            assertThat(keys.authenticate(token)).isPresent();
            cli.run("keys", "revoke", ApiKeyToken.parse(token).orElseThrow().id().toString());

            assertThat(keys.authenticate(token)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            keys                                                       | 64 | Missing required subcommand
            keys create                                                | 64 | --owner
            keys create --owner=a --name=b --scope=all                 | 64 | must be one or more of: read, write, admin, on-behalf
            keys create --owner=a --name=b --scope=read --expires=soon | 64 | such as 12h or 90d
            keys create --owner=a --name=b --scope=read --expires=-1d  | 64 | such as 12h or 90d
            keys create --owner= --name=b --scope=read                 | 64 | must have 1 to 200 characters
            keys create --owner=a --name= --scope=read                 | 64 | must have 1 to 200 characters
            keys revoke                                                | 64 | ID
            keys revoke 1                                              | 64 | is not a UUID of 36 characters
            keys remove 1                                              | 64 | remove
            keys revoke 019c0f2e-7a00-7000-8000-000000000001           | 65 | there is no API key 019c0f2e-7a00-7000-8000-000000000001
            keys list --confab.fil.directory=x                         | 78 | Did you mean confab.file.directory?
            keys list --confab.file.lock-timeout=3x                    | 78 | confab.file.lock-timeout is "3x"
            keys list --confab.persistence=jpa                         | 78 | spring.datasource.url
            """)
    void an_error_names_its_cause_and_the_exit_status_its_kind(String words, int status, String said) {
        Result result = onFiles().run(words.split(" "));

        assertThat(result.err()).contains(said).doesNotContain("\tat ", "Exception");
        assertThat(result.status()).isEqualTo(status);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void a_database_that_cannot_be_reached_is_unavailable() {
        Result result = Cli
                .with("--confab.persistence=jpa", "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none")
                .run("keys", "list");

        assertThat(result.status()).isEqualTo(69);
        assertThat(result.err()).contains("--spring.datasource.url").doesNotContain("\tat ");
    }

    @Test
    void a_damaged_file_of_keys_is_refused_with_advice() throws Exception {
        Cli cli = onFiles();
        cli.run("keys", "create", "--owner=ann", "--name=one", "--scope=read");
        Files.writeString(directory.resolve("keys.json"), "[]");

        Result result = cli.run("keys", "list");

        assertThat(result.status()).isEqualTo(65);
        assertThat(result.err()).contains("keys.json", "is damaged", "Restore it from a backup");
    }

    private Cli onFiles() {
        return Cli.with("--confab.file.directory=" + directory);
    }

    private static JsonNode json(Result result) {
        assertThat(result.status()).as(result.err()).isZero();
        return JSON.readTree(result.out());
    }
}
