package dev.confab.bootstrap.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, and then is not (S15). It takes a small file system of its own, which only root can mount. */
@Tag("process")
class DiskFullTest {
    private static final int BALLAST_BYTES = 11 << 20;
    private static final String TEXT = "full ".repeat(4_000);
    private static final int ENOUGH_APPENDS = 1_000;
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final List<Api.Stored> acknowledged = new ArrayList<>();

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", directory.toString()),
                "skipped: a file system of 16 MiB could not be mounted (needs root)");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", directory.toString());
    }

    @Test
    void a_full_disk_refuses_writes_and_serves_reads_and_takes_writes_again_when_there_is_room() throws Exception {
        Path data = directory.resolve("data");
        Path ballast = directory.resolve("ballast");
        Files.write(ballast, new byte[BALLAST_BYTES]);
        String conversation;
        try (ServerProcess server = ServerProcess.serving(data)) {
            Api api = server.api();
            conversation = api.startConversation();

            Api.Answer refusal = appendUntilRefused(api, conversation);
            assertThat(refusal.status()).as("%s", refusal.body()).isEqualTo(503);
            assertThat(refusal.body().get("code").asString()).isEqualTo("storage-unavailable");
            assertThat(refusal.body().get("repeatable").asBoolean()).isTrue();
            assertThat(api.messages(conversation)).isEqualTo(acknowledged);

            Files.delete(ballast);
            awaitAccepted(api, conversation);
            assertThat(api.messages(conversation)).isEqualTo(acknowledged);
            server.stop();
        }

        try (ServerProcess server = ServerProcess.serving(data)) {
            assertThat(server.api().messages(conversation)).isEqualTo(acknowledged);
            awaitAccepted(server.api(), conversation);
        }
        System.out
                .println("the disk was full after " + acknowledged.size() + " messages of " + TEXT.length() + " bytes");
    }

    private Api.Answer appendUntilRefused(Api api, String conversation) throws IOException {
        for (int i = 0; i < ENOUGH_APPENDS; i++) {
            Api.Answer answer = append(api, conversation);
            if (answer.status() != 201) {
                return answer;
            }
        }
        return fail("the disk took %d messages and was not full", ENOUGH_APPENDS);
    }

    private void awaitAccepted(Api api, String conversation) throws IOException {
        long deadline = System.nanoTime() + RECOVERY.toNanos();
        Api.Answer answer = append(api, conversation);
        while (answer.status() == 503 && System.nanoTime() < deadline) {
            answer = append(api, conversation);
        }
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
    }

    private Api.Answer append(Api api, String conversation) throws IOException {
        String id = UUID.randomUUID().toString();
        Api.Answer answer = api.append(conversation, id, TEXT);
        if (answer.status() == 201) {
            acknowledged.add(new Api.Stored(id, answer.body().get("position").asInt(), TEXT));
        }
        return answer;
    }

    private boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
