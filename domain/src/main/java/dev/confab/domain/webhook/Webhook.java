package dev.confab.domain.webhook;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Times;
import dev.confab.domain.webhook.WebhookState.Disabled;
import dev.confab.domain.webhook.WebhookState.Enabled;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A URL to which Confab sends events about an owner's conversations.
 *
 * @param events the types that are sent; at least one
 * @param lastFailure the last delivery that failed; empty if none did
 */
public record Webhook(WebhookId id, OwnerId owner, WebhookUrl url, Set<EventType> events, WebhookSecret secret,
        Instant createdAt, WebhookState state, Optional<DeliveryFailure> lastFailure) {
    public Webhook {
        events = Set.copyOf(events);
        if (events.isEmpty() || !EventType.SUBSCRIBABLE.containsAll(events)) {
            throw new InvalidValue("events", "must name at least one type of event that can be subscribed to");
        }
        Times.requireMillis(createdAt);
    }

    /** A new webhook, enabled. */
    public static Webhook create(WebhookId id, OwnerId owner, WebhookUrl url, Set<EventType> events,
            WebhookSecret secret, Instant now) {
        return new Webhook(id, owner, url, events, secret, now, new Enabled(now), Optional.empty());
    }

    public boolean isEnabled() {
        return switch (state) {
            case Enabled _ -> true;
            case Disabled _ -> false;
        };
    }

    public Webhook withUrl(WebhookUrl newUrl) {
        return new Webhook(id, owner, newUrl, events, secret, createdAt, state, lastFailure);
    }

    public Webhook withEvents(Set<EventType> newEvents) {
        return new Webhook(id, owner, url, newEvents, secret, createdAt, state, lastFailure);
    }

    public Webhook withSecret(WebhookSecret newSecret) {
        return new Webhook(id, owner, url, events, newSecret, createdAt, state, lastFailure);
    }

    /** This webhook, enabled; the same if it is enabled already. */
    public Webhook enabled(Instant now) {
        return isEnabled() ? this : with(new Enabled(now));
    }

    /** This webhook, disabled. A webhook that is disabled already keeps its reason. */
    public Webhook disabled(Instant now, String reason) {
        return isEnabled() ? with(new Disabled(now, reason)) : this;
    }

    private Webhook with(WebhookState newState) {
        return new Webhook(id, owner, url, events, secret, createdAt, newState, lastFailure);
    }

    public Webhook failed(DeliveryFailure failure) {
        return new Webhook(id, owner, url, events, secret, createdAt, state, Optional.of(failure));
    }

    /** Whether the request that made this webhook and the request that would make the other one are the same. */
    public boolean isSameRequest(Webhook other) {
        return id.equals(other.id) && owner.equals(other.owner) && url.equals(other.url) && events.equals(other.events);
    }
}
