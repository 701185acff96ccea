package dev.confab.bootstrap.campaign.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.campaign.Api;
import dev.confab.bootstrap.campaign.Api.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A writer's connection: every answer must be a success, a refusal that the request allows, or 503 with {@code Retry-After}. */
final class Client {
    static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> TEMPORARY = Set.of("lock-timeout", "storage-unavailable", "outcome-unknown",
            "overloaded", "too-many-turns");
    /** Shorter than {@code Retry-After} asks for, so that more requests meet an attack. */
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int MAX_ATTEMPTS = 2_000;

    private final Api api;
    private final Answers answers;
    private final SplittableRandom random;

    Client(Api api, Answers answers, SplittableRandom random) {
        this.api = api;
        this.answers = answers;
        this.random = random;
    }

    /** @param outcomeUnknown whether an earlier attempt may have been recorded */
    record Sent(Answer answer, boolean outcomeUnknown) {
        boolean isSuccess() {
            return answer.status() / 100 == 2;
        }

        JsonNode body() {
            return answer.body();
        }

        /** The conversation's version after the write. */
        long version() {
            return answer.headers().firstValueAsLong("Conversation-Version").orElseThrow(
                    () -> new AssertionError("no Conversation-Version in " + answer));
        }
    }

    SplittableRandom random() {
        return random;
    }

    /** A random UUID of version 7. */
    String newId() {
        return new UUID(random.nextLong() & ~0xF000L | 0x7000, random.nextLong() >>> 2 | Long.MIN_VALUE).toString();
    }

    static ObjectNode json() {
        return JSON.createObjectNode();
    }

    /** As {@link #send}, of a request that should be known in a tally as {@code kind}. */
    Sent post(String kind, String path, JsonNode body, Set<String> refusals, String... headers) throws IOException {
        return send(kind, "POST", path, Optional.of(body), refusals, headers);
    }

    /**
     * Sends it until the answer is not a temporary one; too many turns are final, because turns come by the thousand.
     *
     * @param refusals the codes that are allowed beside success, each with its status: {@code 404 message-not-found}
     */
    Sent send(String kind, String method, String path, Optional<JsonNode> body, Set<String> refusals,
            String... headers) throws IOException {
        boolean outcomeUnknown = false;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Answer answer = api.send(method, path, body, headers);
            String label = label(answer);
            answers.count(kind, label);
            if (answer.status() != 503) {
                assertThat(answer.status() / 100 == 2 || refusals.contains(label)).as("%s, %s %s: %s", kind, method,
                        path, answer).isTrue();
                return new Sent(answer, outcomeUnknown);
            }
            verifyTemporary(answer);
            if (label.endsWith("too-many-turns")) {
                return new Sent(answer, outcomeUnknown);
            }
            outcomeUnknown |= label.endsWith("outcome-unknown");
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new AssertionError(kind + ", " + method + " " + path + " was refused " + MAX_ATTEMPTS + " times");
    }

    private static void verifyTemporary(Answer answer) {
        String code = answer.body().get("code").asString();
        assertThat(code).as("%s", answer).isIn(TEMPORARY);
        assertThat(answer.headers().firstValueAsLong("Retry-After")).as("%s", answer).isPresent();
        assertThat(answer.body().get("repeatable").asBoolean()).as("%s", answer)
                .isEqualTo(!code.equals("outcome-unknown"));
    }

    /** The status, and a problem's code. */
    static String label(Answer answer) {
        return answer.status() < 400
                ? Integer.toString(answer.status())
                : answer.status() + " " + answer.body().get("code").asString();
    }
}
