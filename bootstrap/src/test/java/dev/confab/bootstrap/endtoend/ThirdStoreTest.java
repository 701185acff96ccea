package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.tiny.TinyStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

/**
 * A store that only the test sources know: a package with the store and a package with its wiring. Nothing else names it, and
 * {@code ArchitectureTest} holds both packages to the rules.
 */
@ExtendWith(OutputCaptureExtension.class)
class ThirdStoreTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CONVERSATIONS = "/api/v1/conversations";

    @TempDir
    Path directory;

    @Test
    void is_selected_by_its_name_and_serves_requests(CapturedOutput output) throws Exception {
        var log = directory.resolve("log");
        try (var confab = RunningConfab.start(directory.resolve("not-made"), "--confab.persistence=tiny",
                "--confab.tiny.log=" + log)) {
            var id = JSON.readTree(confab.post(CONVERSATIONS, "{\"title\":\"Trip\"}").body()).get("id").asString();
            var appended = confab.post(CONVERSATIONS + "/" + id + "/messages",
                    "{\"role\":\"user\",\"text\":\"Where to?\"}");

            assertThat(appended.statusCode()).isEqualTo(201);
            assertThat(confab.get("/api/v1/search?q=where").body()).contains("Where to?");
            assertThat(confab.get("/api/v1/info").body()).contains("\"tiny\"");
            assertThat(confab.get("/actuator/health/readiness").body()).contains("\"store\"", "\"tiny\"");
            assertThat(confab.bean(TinyStore.class)).isNotNull();
            assertThat(Files.readAllLines(log)).contains(id).hasSizeGreaterThanOrEqualTo(2);
            assertThat(output).contains("stores conversations in memory");
            assertThat(directory.resolve("not-made")).doesNotExist();
        }
    }

    @Test
    void is_offered_when_the_name_is_wrong(CapturedOutput output) {
        assertThatThrownBy(() -> RunningConfab.start(directory, "--confab.persistence=parchment").close())
                .isInstanceOf(Exception.class);

        assertThat(output).contains("confab.persistence is \"parchment\"", "one of: file, jpa, tiny.")
                .doesNotContain("\tat ");
    }
}
