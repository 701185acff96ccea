package dev.confab.bootstrap.campaign.hostile.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.campaign.Api;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Requests that are no attack, and are repeated while the answer is 503. */
final class Repeated {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Repeated() {
    }

    static Api.Answer get(Api api, String path) throws IOException {
        return send(api, "GET", path);
    }

    /** Removes a conversation that an attack has created, or may have created. */
    static void remove(Api api, String path) throws IOException {
        delete(api, path);
        delete(api, path + "?purge=true");
    }

    static void delete(Api api, String path) throws IOException {
        Api.Answer answer = send(api, "DELETE", path);
        assertThat(label(answer)).as("DELETE %s: %s", path, answer).isIn(Set.of("204", "404 conversation-not-found"));
    }

    private static Api.Answer send(Api api, String method, String path) throws IOException {
        Api.Answer answer = api.send(method, path, Optional.empty());
        while (answer.status() == 503) {
            LockSupport.parkNanos(PAUSE.toNanos());
            answer = api.send(method, path, Optional.empty());
        }
        return answer;
    }

    /** The status, and a problem's code. */
    static String label(Api.Answer answer) {
        return answer.status() < 400
                ? Integer.toString(answer.status())
                : answer.status() + " " + answer.body().get("code").asString();
    }
}
