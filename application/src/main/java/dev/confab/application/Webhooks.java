package dev.confab.application;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.webhook.EventType;
import dev.confab.domain.webhook.TooManyWebhooks;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookId;
import dev.confab.domain.webhook.WebhookIdReused;
import dev.confab.domain.webhook.WebhookNotFound;
import dev.confab.domain.webhook.WebhookUrl;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Webhooks of an owner: making, listing, changing, trying and deleting them. Every call may throw a {@link StorageException}, and
 * {@link WebhookNotFound} if it names a webhook that the owner does not have.
 */
public interface Webhooks {

    /** A webhook, and in how many conversations an event waits for it: counted up to {@link #MAX_BACKLOG}. */
    record Status(Webhook webhook, int backlog) {
    }

    /**
     * The result of a trial.
     *
     * @param status of the receiver's answer; empty without one
     * @param failure why the trial failed; empty if the receiver accepted it
     */
    record Trial(OptionalInt status, Optional<String> failure) {
    }

    /** A change: empty members stay as they are. */
    record Change(Optional<WebhookUrl> url, Optional<Set<EventType>> events, Optional<Boolean> enabled) {
    }

    int MAX_BACKLOG = 1_000;

    /**
     * Makes a webhook with a new secret. If the same request made it before, the same webhook is returned.
     *
     * @throws InvalidValue if nothing may be sent to the URL
     * @throws TooManyWebhooks if the owner has as many as an owner may have
     * @throws WebhookIdReused if another request made a webhook with this id
     */
    CreateResult<Webhook> create(OwnerId owner, RequestedId id, WebhookUrl url, Set<EventType> events);

    List<Webhook> list(OwnerId owner);

    Status get(OwnerId owner, WebhookId id);

    /** Changes the webhook. Throws {@link InvalidValue} if nothing may be sent to the new URL. */
    Webhook change(OwnerId owner, WebhookId id, Change change);

    /** Gives the webhook a new secret. The old one counts no more. */
    Webhook rotateSecret(OwnerId owner, WebhookId id);

    void delete(OwnerId owner, WebhookId id);

    /** Sends an event of the type {@code webhook.test} at once, also to a webhook that is disabled, and waits for the answer. */
    Trial test(OwnerId owner, WebhookId id);
}
