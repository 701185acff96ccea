package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.reference.ReferenceWebhookStore;
import dev.confab.domain.port.WebhookSender.Result;
import dev.confab.domain.webhook.DeliveryFailure;
import dev.confab.domain.webhook.WebhookId;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The routes of webhooks. */
@ExtendWith(OutputCaptureExtension.class)
class WebhooksTest extends WebTest {
    private static final String URL = "{\"url\":\"https://example.com/hook\"}";

    @Autowired
    ReferenceWebhookStore webhooks;

    @Autowired
    TestWebhookSender sender;

    @Autowired
    TestClock clock;

    @BeforeEach
    @AfterEach
    void removeAll() {
        get("/webhooks").json().get("items").forEach(each -> delete("/webhooks/" + each.get("id").stringValue()));
        sender.answer(new Result.Accepted(204));
    }

    private String created(String json) {
        return post("/webhooks", json).expect(201).text("webhook.id");
    }

    @Test
    void a_webhook_is_made_with_a_secret_that_is_shown_once() {
        Reply made = post("/webhooks", "{\"url\":\"https://example.com/hook\",\"events\":[\"turn.failed\"]}")
                .expect(201);

        String id = made.text("webhook.id");
        assertThat(made.header("Location")).isEqualTo("/api/v1/webhooks/" + id);
        assertThat(made.text("secret")).startsWith("whsec_");
        assertThat(made.text("webhook.events")).isEqualTo("[\"turn.failed\"]");
        for (String path : new String[]{"/webhooks", "/webhooks/" + id}) {
            assertThat(get(path).expect(200).body()).contains(id).doesNotContain("whsec_");
        }
        assertThat(get("/webhooks/" + id).text("backlog")).isEqualTo("0");
        assertThat(get("/webhooks/" + created(URL)).json().at("/webhook/events")).hasSize(7);
    }

    @Test
    void a_repeated_request_with_a_key_returns_the_same_webhook() {
        Reply first = post("/webhooks", URL, "Idempotency-Key", "hook").expect(201);
        Reply again = post("/webhooks", URL, "Idempotency-Key", "hook").expect(200);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(post("/webhooks", "{\"url\":\"https://example.com/other\"}", "Idempotency-Key", "hook")
                .expectProblem(409, "webhook-id-reused").text("detail")).contains("\"hook\"");
    }

    @Test
    void an_owner_has_ten_webhooks_at_most() {
        for (int n = 0; n < 10; n++) {
            created(URL);
        }
        post("/webhooks", URL).expectProblem(409, "too-many-webhooks");
        assertThat(get("/webhooks").expect(200).json().get("items")).hasSize(10);
    }

    @Test
    void wrong_values_are_refused_with_their_place() {
        post("/webhooks", "{\"url\":\"ftp://example.com\"}").expectInvalidAt("#/url");
        post("/webhooks", "{\"url\":\"https://a:b@example.com\"}").expectInvalidAt("#/url");
        post("/webhooks", "{\"url\":\"https://private.example/\"}").expectInvalidAt("#/url");
        post("/webhooks", "{\"url\":\"https://example.com\",\"events\":[]}").expectInvalidAt("#/events");
        post("/webhooks", "{\"url\":\"https://example.com\",\"events\":[\"webhook.test\"]}")
                .expectInvalidAt("#/events/0");
        post("/webhooks", "{}").expectInvalidAt("#/url");
        patch("/webhooks/" + created(URL), "{\"url\":\"https://private.example/\"}").expectInvalidAt("#/url");
        get("/webhooks/1").expectProblem(400, "invalid-request");
    }

    @Test
    void a_webhook_is_changed_disabled_and_enabled() {
        String path = "/webhooks/" + created(URL);
        Reply disabled = patch(path, "{\"enabled\":false,\"url\":\"https://example.com/new\"}").expect(200);
        assertThat(disabled.text("enabled")).isEqualTo("false");
        assertThat(disabled.text("disabledReason")).contains("by its owner");
        assertThat(disabled.text("url")).isEqualTo("https://example.com/new");

        Reply enabled = patch(path, "{\"enabled\":true,\"events\":[\"turn.failed\"]}").expect(200);

        assertThat(enabled.text("enabled")).isEqualTo("true");
        assertThat(enabled.json().get("disabledReason").isNull()).isTrue();
        assertThat(enabled.text("url")).isEqualTo("https://example.com/new");
    }

    @Test
    void the_secret_is_replaced_and_the_last_failure_is_shown() {
        Reply made = post("/webhooks", URL).expect(201);
        String path = "/webhooks/" + made.text("webhook.id");
        Reply rotated = post(path + "/secret", "{}").expect(200);
        assertThat(rotated.text("secret")).startsWith("whsec_").isNotEqualTo(made.text("secret"));
        var id = new WebhookId(UUID.fromString(made.text("webhook.id")));
        UUID holder = UUID.randomUUID();
        webhooks.claim(holder, clock.instant(), clock.instant().plusSeconds(60), 100);
        webhooks.recordFailure(holder, id, new DeliveryFailure(clock.instant(), "the-event", "the reason"));

        assertThat(get(path).expect(200).text("webhook.lastFailure.eventId")).isEqualTo("the-event");
        webhooks.release(holder);
    }

    @Test
    void a_test_reports_the_answer_of_the_receiver() {
        String path = "/webhooks/" + created(URL) + "/test";
        assertThat(post(path, "{}").expect(200).body())
                .isEqualTo("{\"accepted\":true,\"status\":204,\"failure\":null}");
        sender.answer(new Result.Rejected(500, Optional.empty()));
        assertThat(post(path, "{}").expect(200).text("status")).isEqualTo("500");
        sender.answer(new Result.Unanswered("nobody is there"));
        assertThat(post(path, "{}").expect(200).body())
                .isEqualTo("{\"accepted\":false,\"status\":null,\"failure\":\"nobody is there\"}");
    }

    @Test
    void a_deleted_webhook_is_gone() {
        String path = "/webhooks/" + created(URL);
        delete(path).expect(204);

        delete(path).expectProblem(404, "webhook-not-found");
        get(path).expectProblem(404, "webhook-not-found");
        patch(path, "{}").expectProblem(404, "webhook-not-found");
        post(path + "/secret", "{}").expectProblem(404, "webhook-not-found");
        post(path + "/test", "{}").expectProblem(404, "webhook-not-found");
    }

    @Test
    void what_is_done_to_a_webhook_is_in_the_audit_log(CapturedOutput output) {
        String secretUrl = "{\"url\":\"https://example.com/secret-path\",\"events\":[\"turn.failed\"]}";
        Reply made = post("/webhooks", secretUrl, "Idempotency-Key", "audited", "X-Request-Id", "making").expect(201);
        post("/webhooks", secretUrl, "Idempotency-Key", "audited").expect(200);
        String path = "/webhooks/" + made.text("webhook.id");
        patch(path, "{\"enabled\":false}").expect(200);
        patch(path, "{\"url\":\"https://private.example/\"}").expectInvalidAt("#/url");
        Reply rotated = post(path + "/secret", "{}").expect(200);
        delete(path).expect(204);
        delete(path).expectProblem(404, "webhook-not-found");

        String id = "webhook=" + made.text("webhook.id") + " owner=";
        assertThat(output.getOut().lines().filter(line -> line.contains(id))).satisfiesExactly(
                line -> assertThat(line).contains("Webhook created: ",
                        "host=example.com events=turn.failed enabled=true",
                        " by=", "request=making"),
                line -> assertThat(line).contains("Webhook changed: ", "enabled=false", " by="),
                line -> assertThat(line).contains("Webhook has a new secret: ", " by="),
                line -> assertThat(line).contains("Webhook deleted: ", " by="));
        assertThat(output.getAll()).doesNotContain("secret-path", made.text("secret"), rotated.text("secret"));
    }
}
