package dev.confab.bootstrap.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A turn on files whose server is killed. */
@Tag("process")
class KilledTurnTest {

    @Test
    void it_has_failed_when_the_next_server_serves_and_blocks_nothing(@TempDir Path data) throws Exception {
        JsonNode session;
        String turn;
        try (ServerProcess killed = ServerProcess.serving(data)) {
            session = killed.api().startSession();
            Api.Answer begun = killed.api().startTurn(session.get("id").asString(), "/slow 60000 one two");
            assertThat(begun.status()).isEqualTo(202);
            turn = begun.body().get("id").asString();
            killed.kill();
        }
        try (ServerProcess next = ServerProcess.serving(data)) {
            JsonNode found = next.api().turn(turn);
            assertThat(found.get("state").asString()).isEqualTo("failed");
            assertThat(found.get("failure").get("code").asString()).isEqualTo("instance-crashed");

            Api.Answer again = next.api().startTurn(session.get("id").asString(), "/echo again");
            assertThat(again.status()).isEqualTo(202);
            next.api().awaitState(again.body().get("id").asString(), "completed", Duration.ofSeconds(60));
        }
    }
}
