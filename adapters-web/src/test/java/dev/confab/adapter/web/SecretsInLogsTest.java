package dev.confab.adapter.web;

import static dev.confab.domain.access.Scope.READ;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Tokens appear neither in the log, however much is logged, nor in responses. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsInLogsTest extends KeyTest {
    private final Map<Logger, Level> levels = new HashMap<>();

    @BeforeEach
    void logEverything() {
        for (String name : List.of("dev.confab", "org.springframework.security", "org.springframework.web")) {
            var logger = (Logger) LoggerFactory.getLogger(name);
            levels.put(logger, Objects.requireNonNullElse(logger.getLevel(), Level.INFO));
            logger.setLevel(Level.TRACE);
        }
    }

    @AfterEach
    void logAsBefore() {
        levels.forEach(Logger::setLevel);
    }

    @Test
    void no_token_is_logged_or_answered(CapturedOutput output) {
        var issued = issue("ann", READ);
        String secret = issued.token().secret();
        String token = issued.token().text();
        String wrongSecret = "x".repeat(43);
        var replies = new ArrayList<Reply>();

        replies.add(get("/conversations", AUTHORIZATION, "Bearer " + token, "X-Request-Id", "good").expect(200));
        replies.add(post("/conversations", "{}", AUTHORIZATION, "Bearer " + token).expect(403));
        replies.add(get("/conversations", AUTHORIZATION, "Bearer " + token.replace(secret, wrongSecret)).expect(401));
        replies.add(get("/conversations", AUTHORIZATION, "Bearer " + secret).expect(401));
        replies.add(get("/conversations", AUTHORIZATION, "Bearer " + secret + " " + secret).expect(401));
        keyStore.fail();
        replies.add(get("/conversations", AUTHORIZATION, "Bearer " + token).expect(503));
        keyStore.heal();
        keys.revoke(id(issued));
        replies.add(get("/conversations", AUTHORIZATION, "Bearer " + token).expect(401));

        assertThat(output.getAll()).doesNotContain(secret, wrongSecret).contains("Log-in failed");
        assertThat(replies).allSatisfy(reply -> assertThat(reply.body() + reply.headers()).doesNotContain(secret,
                wrongSecret));
        assertThat(output.getOut().lines().filter(line -> line.contains("GET /api/v1/conversations 200")))
                .first().asString().contains("by key " + id(issued));
    }
}
