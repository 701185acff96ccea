package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.application.ApiKeys;
import dev.confab.domain.access.Scope;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VerifyErasedCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path directory;

    @Test
    void on_files_the_owner_is_found_before_the_erasure_and_not_after() throws Exception {
        Cli cli = Cli.with("--confab.file.directory=" + directory);
        String ann;
        try (var confab = RunningConfab.start(directory, "--confab.security=api-keys")) {
            ann = key(confab, "ann");
            talk(confab, ann);
            talk(confab, key(confab, "bob"));
            assertThat(cli.run("verify-erased", "ann").status()).isEqualTo(75);
        }
        var before = cli.run("verify-erased", "ann");
        assertThat(before.status()).isEqualTo(65);
        assertThat(before.out()).contains("found: keys.json", "found: conversations/", "found: index/");

        try (var confab = RunningConfab.start(directory, "--confab.security=api-keys")) {
            erase(confab, ann);
        }

        var after = cli.run("verify-erased", "ann");
        assertThat(after.status()).as(after.out() + after.err()).isZero();
        assertThat(after.out()).isEqualTo("Nothing of the owner was found." + System.lineSeparator());
        assertThat(cli.run("verify-erased", "bob").status()).isEqualTo(65);
    }

    @Test
    void programs_read_json_and_strict_counts_files_of_unknown_owners() throws Exception {
        RunningConfab.start(directory).close();
        Files.writeString(directory.resolve("quarantine").resolve("00000001.jsonl.corrupt"), "a part");
        Cli cli = Cli.with("--confab.file.directory=" + directory);

        var result = cli.run("verify-erased", "--json", "ann");

        JsonNode json = JSON.readTree(result.out());
        assertThat(json.get("found")).isEmpty();
        assertThat(json.get("unattributed").toString()).isEqualTo("[\"quarantine/00000001.jsonl.corrupt\"]");
        assertThat(result.status()).isZero();
        assertThat(cli.run("verify-erased", "--strict", "ann").status()).isEqualTo(65);
        assertThat(cli.run("verify-erased").status()).isEqualTo(64);
        assertThat(cli.run("verify-erased", "").status()).isEqualTo(64);
    }

    @Test
    void a_directory_without_data_is_refused_and_stays_empty() {
        var result = Cli.with("--confab.file.directory=" + directory).run("verify-erased", "ann");

        assertThat(result.status()).isEqualTo(65);
        assertThat(result.err()).contains("is not a data directory");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void on_postgres_the_owner_is_found_before_the_erasure_and_not_after_while_a_server_runs() throws Exception {
        try (Database database = TestPostgres.shared().newDatabase();
                var confab = RunningConfab.start(database, "--confab.security=api-keys")) {
            Cli cli = Cli.on(database);
            String ann = key(confab, "ann");
            talk(confab, ann);
            talk(confab, key(confab, "bob"));
            var before = cli.run("verify-erased", "ann");
            assertThat(before.status()).as(before.err()).isEqualTo(65);
            assertThat(before.out()).contains("found: conversation: 2 rows", "found: session: 1 row",
                    "found: api_key: 1 row", "found: message, search terms: 1 row");

            erase(confab, ann);

            var after = cli.run("verify-erased", "ann");
            assertThat(after.status()).as(after.out() + after.err()).isZero();
            assertThat(cli.run("verify-erased", "bob").status()).isEqualTo(65);
        }
    }

    private static String key(RunningConfab confab, String owner) {
        return confab.bean(ApiKeys.class).issue(new OwnerId(owner), "test", Set.of(Scope.READ, Scope.WRITE),
                Optional.empty()).token().text();
    }

    private static void talk(RunningConfab confab, String token) throws Exception {
        for (var call : List.of(List.of("/api/v1/conversations",
                "{\"title\":\"Trip\",\"messages\":[{\"role\":\"user\",\"text\":\"needle\"}]}"),
                List.of("/api/v1/sessions", "{}"))) {
            var response = confab.call("POST", call.getFirst(), call.getLast(), "Authorization", "Bearer " + token);
            assertThat(response.statusCode()).isEqualTo(201);
            response.body().close();
        }
    }

    private static void erase(RunningConfab confab, String token) throws Exception {
        var response = confab.call("DELETE", "/api/v1/owner?confirm=ann", "", "Authorization", "Bearer " + token);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(response.body().readAllBytes()).get("conversations").intValue()).isEqualTo(2);
    }
}
