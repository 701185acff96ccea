package dev.confab.adapter.web;

import static dev.confab.domain.access.Scope.ON_BEHALF;
import static dev.confab.domain.access.Scope.READ;
import static dev.confab.domain.access.Scope.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.domain.port.StorageUnavailable;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** {@code DELETE /api/v1/owner}. Each test has owners of its own. */
@ExtendWith(OutputCaptureExtension.class)
class ErasureTest extends KeyTest {
    @Autowired
    ScriptedAssistant assistant;

    private final String ann = "ann-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();
    private String annsKey = "";
    private String bobsKey = "";

    @BeforeEach
    void makeKeys() {
        annsKey = key(ann, READ, WRITE);
        bobsKey = key(bob, READ, WRITE);
    }

    private static String erasing(String owner) {
        return "/owner?confirm=" + owner;
    }

    private Reply create(String key, String json) {
        return post("/conversations", json, AUTHORIZATION, key);
    }

    private String started(String key) {
        return "/conversations/" + create(key, "{\"messages\":[{\"role\":\"user\",\"text\":\"needle\"}]}").expect(201)
                .text("id");
    }

    @Test
    void everything_of_the_owner_is_erased_with_the_key_and_counted_in_the_receipt(CapturedOutput output) {
        String live = started(annsKey);
        String binned = started(annsKey);
        delete(binned, AUTHORIZATION, annsKey).expect(204);
        post("/sessions", "{}", AUTHORIZATION, annsKey).expect(201);
        post("/webhooks", "{\"url\":\"https://receiver.invalid/hook\"}", AUTHORIZATION, annsKey).expect(201);
        String bobs = started(bobsKey);

        Reply receipt = delete(erasing(ann), AUTHORIZATION, annsKey, "X-Request-Id", "erasing-1").expect(200);

        assertThat(receipt.json().get("conversations").intValue()).isEqualTo(3);
        assertThat(receipt.json().get("messages").intValue()).isEqualTo(2);
        assertThat(receipt.json().get("sessions").intValue()).isEqualTo(1);
        assertThat(receipt.json().get("turns").intValue()).isZero();
        assertThat(receipt.json().get("apiKeys").intValue()).isEqualTo(1);
        assertThat(receipt.json().get("webhooks").intValue()).isEqualTo(1);
        assertThat(receipt.body()).doesNotContain(ann);
        get(live, AUTHORIZATION, annsKey).expectProblem(401, "unauthenticated");
        String again = key(ann, READ, WRITE);
        get(live, AUTHORIZATION, again).expectProblem(404, "conversation-not-found");
        for (String list : new String[]{"/conversations", "/conversations?deleted=true", "/sessions", "/webhooks",
                "/search?q=needle"}) {
            assertThat(get(list, AUTHORIZATION, again).expect(200).json().get("items")).as(list).isEmpty();
        }
        get(bobs, AUTHORIZATION, bobsKey).expect(200);
        assertThat(output.getOut().lines().filter(line -> line.contains("Owner erased") && line.contains("erasing-1")))
                .singleElement().asString()
                .contains("receipt=" + receipt.text("number"), "conversations=3", "digest=" + receipt.text("digest"));
    }

    @Test
    void an_erased_owner_may_come_back_and_the_next_receipt_has_the_same_digest_of_the_owner() {
        Reply first = delete(erasing(ann), AUTHORIZATION, annsKey).expect(200);
        String again = key(ann, READ, WRITE);
        get(started(again), AUTHORIZATION, again).expect(200);

        Reply second = delete(erasing(ann), AUTHORIZATION, again).expect(200);

        assertThat(second.json().get("conversations").intValue()).isEqualTo(1);
        assertThat(second.text("ownerDigest")).isEqualTo(first.text("ownerDigest"));
        assertThat(second.text("number")).isNotEqualTo(first.text("number"));
        assertThat(second.text("digest")).isNotEqualTo(first.text("digest"));
        assertThat(delete(erasing(bob), AUTHORIZATION, bobsKey).expect(200).text("ownerDigest"))
                .isNotEqualTo(first.text("ownerDigest"));
    }

    @Test
    void without_the_owners_name_nothing_is_erased() {
        String path = started(annsKey);

        delete("/owner", AUTHORIZATION, annsKey).expectProblem(400, "invalid-request");
        delete(erasing(bob), AUTHORIZATION, annsKey).expectProblem(400, "invalid-request");
        delete("/owner?confirm=", AUTHORIZATION, annsKey).expectProblem(400, "invalid-request");

        get(path, AUTHORIZATION, annsKey).expect(200);
    }

    @Test
    void reading_is_not_enough_and_a_backend_needs_to_act_on_behalf() {
        String path = started(annsKey);

        delete(erasing(ann), AUTHORIZATION, key(ann, READ)).expectProblem(403, "insufficient-scope");
        delete(erasing(ann), AUTHORIZATION, bobsKey, "Confab-Owner", ann).expectProblem(403, "insufficient-scope");
        get(path, AUTHORIZATION, annsKey).expect(200);

        String backend = key("backend-" + ann, READ, WRITE, ON_BEHALF);
        delete(erasing(ann), AUTHORIZATION, backend, "Confab-Owner", ann).expect(200);
        get(path, AUTHORIZATION, backend, "Confab-Owner", ann).expectProblem(404, "conversation-not-found");
        get(path, AUTHORIZATION, annsKey).expectProblem(401, "unauthenticated");
    }

    @Test
    void an_erasure_that_fails_keeps_the_key_and_is_completed_by_the_next() {
        String path = started(annsKey);
        store.failWrites(() -> new StorageUnavailable("the disk is full"));

        delete(erasing(ann), AUTHORIZATION, annsKey).expectProblem(503, "storage-unavailable");
        store.heal();
        get(path, AUTHORIZATION, annsKey).expect(200);

        assertThat(delete(erasing(ann), AUTHORIZATION, annsKey).expect(200).json().get("conversations").intValue())
                .isEqualTo(1);
    }

    /** The head of the request has arrived, its body comes when the owner is erased: what it holds may be what was erased. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"/conversations | {\"title\":\"late\"}",
            "/conversations/import | {export}", "/sessions | {\"name\":\"late\"}",
            "/conversations/{id}/fork | {\"messageId\":\"{message}\"}"})
    void a_creation_that_is_under_way_is_refused(String path, String json) throws IOException {
        String source = started(annsKey);
        String id = source.substring("/conversations/".length());
        String message = get(source + "/messages", AUTHORIZATION, annsKey).json().at("/items/0/id").stringValue();
        String export = get(source + "/export", AUTHORIZATION, annsKey).body();
        byte[] body = json.replace("{export}", export).replace("{message}", message).getBytes(StandardCharsets.UTF_8);
        int begun = store.begun();
        try (var slow = new Socket("127.0.0.1", port)) {
            slow.setSoTimeout(60_000);
            slow.getOutputStream().write(("POST /api/v1" + path.replace("{id}", id) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                    + "Authorization: " + annsKey + "\r\nContent-Type: application/json\r\nConnection: close\r\n"
                    + "Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            await().until(() -> store.begun() > begun);

            delete(erasing(ann), AUTHORIZATION, annsKey).expect(200);
            slow.getOutputStream().write(body);

            // Without its source, a fork does not get as far as the fence.
            assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .containsAnyOf("\"owner-erased\"", "\"conversation-not-found\"");
        }
        String again = key(ann, READ);
        assertThat(get("/conversations", AUTHORIZATION, again).json().get("items")).isEmpty();
        assertThat(get("/sessions", AUTHORIZATION, again).json().get("items")).isEmpty();
    }

    @Test
    void a_running_turn_and_the_open_streams_of_the_owner_end() throws Exception {
        String prompt = "prompt " + UUID.randomUUID();
        var script = assistant.script(prompt).say("said ");
        String session = "/sessions/" + post("/sessions", "{}", AUTHORIZATION, annsKey).expect(201).text("id");
        String conversation = "/conversations/"
                + get(session, AUTHORIZATION, annsKey).expect(200).text("conversationId");
        String turn = "/turns/" + post(session + "/turns", "{\"text\":\"" + prompt + "\"}", AUTHORIZATION,
                annsKey).expect(202).text("id");
        try (var all = new EventClient(uri("/events"), AUTHORIZATION, annsKey);
                var one = new EventClient(uri(conversation + "/events"), AUTHORIZATION, annsKey);
                var answer = new EventClient(uri(turn + "/events"), AUTHORIZATION, annsKey);
                var bobs = new EventClient(uri("/events"), AUTHORIZATION, bobsKey)) {
            assertThat(answer.nextEvent().event()).isEqualTo("turn.started");

            Reply receipt = delete(erasing(ann), AUTHORIZATION, annsKey).expect(200);
            script.say("after").complete();

            assertThat(receipt.json().get("turns").intValue()).isEqualTo(1);
            for (EventClient stream : new EventClient[]{all, one, answer}) {
                assertThat(endOf(stream)).isIn("end", "broken");
            }
            assertThat(bobs.next().event()).isEqualTo(":");
            started(bobsKey);
            assertThat(bobs.nextEvent().event()).isEqualTo("conversation");
        }
        String again = key(ann, READ);
        get(turn, AUTHORIZATION, again).expectProblem(404, "turn-not-found");
        get(conversation, AUTHORIZATION, again).expectProblem(404, "conversation-not-found");
    }

    private static String endOf(EventClient stream) throws InterruptedException {
        String event = stream.next().event();
        while (!event.equals("end") && !event.equals("broken")) {
            event = stream.next().event();
        }
        return event;
    }
}
