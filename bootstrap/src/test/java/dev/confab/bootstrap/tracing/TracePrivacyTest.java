package dev.confab.bootstrap.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.application.ApiKeys;
import dev.confab.domain.access.Scope;
import dev.confab.domain.conversation.OwnerId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person writes, and who it is, does not leave the process in a span. */
class TracePrivacyTest {
    private static final String PRIVATE = "zebra";
    private static final String CONVERSATIONS = Confab.API + "/conversations";

    @TempDir
    Path directory;

    @AutoClose
    private final Collector collector = Collector.start();

    TracePrivacyTest() throws Exception {
    }

    @Test
    void no_owner_title_or_text_is_in_a_span() throws Exception {
        try (var confab = Confab.traced(directory, collector, "--confab.security=api-keys")) {
            var key = confab.context().getBean(ApiKeys.class).issue(new OwnerId("owner-zebra"), "zebra's laptop",
                    Set.of(Scope.READ, Scope.WRITE), Optional.empty());
            String[] token = {"Authorization", "Bearer " + key.token().text()};

            writeAndRead(confab, token);
            provokeErrors(confab, token);
            String turns = turns(confab, token);
            for (String prompt : new String[]{"zebra", "/search zebra", "/fail zebra"}) {
                var turn = confab.post(turns, "{\"text\":\"" + prompt + "\"}", token);
                assertThat(turn.status()).isEqualTo(202);
                collector.await(turn.requestId(), "turn");
                confab.post(Confab.API + "/turns/" + turn.id() + "/cancel", "", token);
            }
            var last = confab.get(CONVERSATIONS, token);
            collector.await(last.requestId(), "http get /api/v1/conversations");
        }

        assertThat(collector.received()).contains("store search", "message-appended", "assistant-failed")
                .doesNotContainIgnoringCase(PRIVATE);
    }

    private static void writeAndRead(Confab confab, String[] token) throws Exception {
        var made = confab.post(CONVERSATIONS, "{\"title\":\"zebra\",\"metadata\":{\"zebra\":\"zebra\"}}", token);
        assertThat(made.status()).isEqualTo(201);
        String messages = CONVERSATIONS + "/" + made.id() + "/messages";
        assertThat(confab.post(messages, "{\"role\":\"user\",\"text\":\"zebra\"}", token).status()).isEqualTo(201);
        assertThat(confab.get(Confab.API + "/search?q=zebra", token).status()).isEqualTo(200);
    }

    private static void provokeErrors(Confab confab, String[] token) throws Exception {
        assertThat(confab.get("/zebra/zebra", token).status()).isEqualTo(403);
        assertThat(confab.get(CONVERSATIONS + "/zebra", token).status()).isEqualTo(400);
        assertThat(confab.get(CONVERSATIONS + "?zebra=zebra", token).status()).isEqualTo(400);
        assertThat(confab.post(CONVERSATIONS, "{\"zebra\":1}", token).status()).isEqualTo(400);
        assertThat(confab.get(CONVERSATIONS, "Authorization", "Bearer zebra").status()).isEqualTo(401);
        assertThat(confab.get(CONVERSATIONS, token[0], token[1], "Confab-Owner", "zebra").status()).isEqualTo(403);
    }

    private static String turns(Confab confab, String[] token) throws Exception {
        return Confab.API + "/sessions/" + confab.post(Confab.API + "/sessions", "{\"name\":\"zebra\"}", token).id()
                + "/turns";
    }
}
