package dev.confab.adapter.web.webhook;

import dev.confab.adapter.web.json.JsonBody;
import dev.confab.adapter.web.json.NoMembers;
import dev.confab.adapter.web.log.AuditLog;
import dev.confab.adapter.web.request.Caller;
import dev.confab.adapter.web.request.IdempotencyKey;
import dev.confab.adapter.web.request.UnsupportedHeader;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.adapter.web.response.PageJson;
import dev.confab.adapter.web.response.Responses;
import dev.confab.application.Webhooks;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookId;
import dev.confab.domain.webhook.WebhookIdReused;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The caller's webhooks. */
@RestController
final class WebhooksController {
    private final Webhooks webhooks;
    private final AuditLog audit;

    WebhooksController(Webhooks webhooks, AuditLog audit) {
        this.webhooks = webhooks;
        this.audit = audit;
    }

    @PostMapping(path = ApiPaths.WEBHOOKS, produces = MediaType.APPLICATION_JSON_VALUE)
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    ResponseEntity<IssuedWebhookJson> create(Caller caller, @JsonBody NewWebhookJson body, IdempotencyKey key) {
        var created = webhooks.create(caller.owner(), key.unless(Optional.empty(), WebhookIdReused.class), body.url(),
                body.subscribed());
        if (created.isNew()) {
            audit.webhookCreated(caller.name(), created.value());
        }
        return ResponseEntity.status(Responses.created(created.isNew()))
                .location(ApiPaths.of(ApiPaths.WEBHOOK, created.value().id()))
                .body(IssuedWebhookJson.from(created.value()));
    }

    /** All on one page: an owner has few. */
    @GetMapping(path = ApiPaths.WEBHOOKS, produces = MediaType.APPLICATION_JSON_VALUE)
    PageJson<WebhookJson> list(OwnerId owner) {
        return new PageJson<>(webhooks.list(owner).stream().map(WebhookJson::from).toList(), null);
    }

    @GetMapping(path = ApiPaths.WEBHOOK, produces = MediaType.APPLICATION_JSON_VALUE)
    WebhookStatusJson get(OwnerId owner, @PathVariable WebhookId webhookId) {
        return WebhookStatusJson.from(webhooks.get(owner, webhookId));
    }

    @PatchMapping(path = ApiPaths.WEBHOOK, produces = MediaType.APPLICATION_JSON_VALUE)
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    WebhookJson change(Caller caller, @PathVariable WebhookId webhookId, @JsonBody WebhookPatchJson patch) {
        Webhook changed = webhooks.change(caller.owner(), webhookId, patch.change());
        audit.webhookChanged(caller.name(), changed);
        return WebhookJson.from(changed);
    }

    @DeleteMapping(ApiPaths.WEBHOOK)
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    ResponseEntity<Void> delete(Caller caller, @PathVariable WebhookId webhookId) {
        webhooks.delete(caller.owner(), webhookId);
        audit.webhookDeleted(caller.name(), caller.owner(), webhookId);
        return ResponseEntity.noContent().build();
    }

    @PostMapping(path = ApiPaths.WEBHOOK + "/secret", produces = MediaType.APPLICATION_JSON_VALUE)
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    IssuedWebhookJson rotateSecret(Caller caller, @PathVariable WebhookId webhookId,
            @JsonBody(optional = true) NoMembers body) {
        Webhook changed = webhooks.rotateSecret(caller.owner(), webhookId);
        audit.webhookSecretReplaced(caller.name(), changed);
        return IssuedWebhookJson.from(changed);
    }

    @PostMapping(path = ApiPaths.WEBHOOK + "/test", produces = MediaType.APPLICATION_JSON_VALUE)
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    WebhookTestJson test(OwnerId owner, @PathVariable WebhookId webhookId,
            @JsonBody(optional = true) NoMembers body) {
        return WebhookTestJson.from(webhooks.test(owner, webhookId));
    }
}
