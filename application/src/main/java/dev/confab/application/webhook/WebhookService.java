package dev.confab.application.webhook;

import dev.confab.application.CreateResult;
import dev.confab.application.RequestedId;
import dev.confab.application.Webhooks;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.Ids;
import dev.confab.domain.port.Secrets;
import dev.confab.domain.port.WebhookSender;
import dev.confab.domain.port.WebhookSender.Result;
import dev.confab.domain.port.WebhookStore;
import dev.confab.domain.webhook.EventType;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookEvent;
import dev.confab.domain.webhook.WebhookId;
import dev.confab.domain.webhook.WebhookNotFound;
import dev.confab.domain.webhook.WebhookSecret;
import dev.confab.domain.webhook.WebhookUrl;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/** Implements {@link Webhooks}. */
public final class WebhookService implements Webhooks {
    /** Ids that follow from idempotency keys are stored: the namespace must not change. */
    private static final UUID WEBHOOKS = UUID.fromString("5d4b8f43-6a4c-5f0e-9d0a-0c6f5d6a7e21");
    private static final int MAX_TRIALS_AT_ONCE = 16;

    private final WebhookStore store;
    private final WebhookSender sender;
    private final Ids ids;
    private final Secrets secrets;
    private final InstantSource clock;
    private final Runnable wakeDelivery;
    private final Semaphore trials = new Semaphore(MAX_TRIALS_AT_ONCE);

    /**
     * @param clock in whole milliseconds
     * @param wakeDelivery called when there may be a new webhook to deliver; returns at once
     */
    public WebhookService(WebhookStore store, WebhookSender sender, Ids ids, Secrets secrets, InstantSource clock,
            Runnable wakeDelivery) {
        this.store = store;
        this.sender = sender;
        this.ids = ids;
        this.secrets = secrets;
        this.clock = clock;
        this.wakeDelivery = wakeDelivery;
    }

    @Override
    public CreateResult<Webhook> create(OwnerId owner, RequestedId id, WebhookUrl url, Set<EventType> events) {
        sender.check(url);
        Webhook made = Webhook.create(resolve(owner, id), owner, url, events, newSecret(), clock.instant());
        Webhook stored = store.create(made);
        wakeDelivery.run();
        return new CreateResult<>(stored, stored.secret().equals(made.secret()));
    }

    private WebhookId resolve(OwnerId owner, RequestedId requested) {
        return new WebhookId(switch (requested) {
            case RequestedId.Given(UUID id) -> id;
            case RequestedId.Keyed(String key) -> ids.named(ids.named(WEBHOOKS, owner.value()), key);
            case RequestedId.Unnamed() -> ids.next();
        });
    }

    private WebhookSecret newSecret() {
        return WebhookSecret.of(Base64.getUrlDecoder().decode(secrets.next()));
    }

    @Override
    public List<Webhook> list(OwnerId owner) {
        return store.list(owner);
    }

    @Override
    public Status get(OwnerId owner, WebhookId id) {
        return new Status(owned(owner, id), store.due(id, Optional.empty(), MAX_BACKLOG).size());
    }

    private Webhook owned(OwnerId owner, WebhookId id) {
        return store.find(id).filter(webhook -> webhook.owner().equals(owner))
                .orElseThrow(() -> new WebhookNotFound(id));
    }

    @Override
    public Webhook change(OwnerId owner, WebhookId id, Change change) {
        change.url().ifPresent(sender::check);
        Instant now = clock.instant();
        Webhook changed = store.change(owner, id, webhook -> changed(webhook, change, now))
                .orElseThrow(() -> new WebhookNotFound(id));
        wakeDelivery.run();
        return changed;
    }

    private static Webhook changed(Webhook webhook, Change change, Instant now) {
        Webhook moved = change.url().map(webhook::withUrl).orElse(webhook);
        Webhook subscribed = change.events().map(moved::withEvents).orElse(moved);
        return change.enabled().map(enabled -> enabled
                ? subscribed.enabled(now)
                : subscribed.disabled(now, "Disabled by its owner.")).orElse(subscribed);
    }

    @Override
    public Webhook rotateSecret(OwnerId owner, WebhookId id) {
        WebhookSecret secret = newSecret();
        return store.change(owner, id, webhook -> webhook.withSecret(secret))
                .orElseThrow(() -> new WebhookNotFound(id));
    }

    @Override
    public void delete(OwnerId owner, WebhookId id) {
        if (!store.remove(owner, id)) {
            throw new WebhookNotFound(id);
        }
    }

    @Override
    public Trial test(OwnerId owner, WebhookId id) {
        Webhook webhook = owned(owner, id);
        if (!trials.tryAcquire()) {
            return new Trial(OptionalInt.empty(), Optional.of("too many tests run at the same time; try again"));
        }
        try {
            Instant now = clock.instant();
            Result result = sender.send(webhook, new WebhookEvent.Trial("test:" + ids.next(), id, now), now);
            return switch (result) {
                case Result.Accepted(int status) -> new Trial(OptionalInt.of(status), Optional.empty());
                case Result.Rejected(int status, Optional<Duration> _) ->
                    new Trial(OptionalInt.of(status), Optional.of(ConversationDelivery.reason(result)));
                case Result.Unanswered(String reason) -> new Trial(OptionalInt.empty(), Optional.of(reason));
            };
        } finally {
            trials.release();
        }
    }
}
