package dev.confab.adapter.persistence.contract.mutant;

import static dev.confab.adapter.persistence.contract.mutant.Mutants.webhookMutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceWebhookStore;
import dev.confab.adapter.persistence.contract.reference.StoredWebhook;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.webhook.Cursor;
import dev.confab.domain.webhook.TooManyWebhooks;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookId;
import dev.confab.domain.webhook.WebhookUrl;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Stores of webhooks that each violate one clause on purpose. */
final class WebhookMutants {
    static final List<Mutants.Mutant> ALL = List.of(
            webhookMutant("W1", "acknowledges a new webhook before it is durable", EarlyAcknowledgement::new),
            webhookMutant("W2", "caches webhooks for ever", CachesWebhooks::new),
            webhookMutant("W3", "stores webhooks as disabled",
                    (storage, limit) -> new Alters(storage, limit, webhook -> webhook.disabled(Instant.EPOCH, "why"))),
            webhookMutant("W3", "stores the path of a webhook's URL decoded",
                    (storage, limit) -> new Alters(storage, limit, WebhookMutants::decoded)),
            webhookMutant("W3", "does not store since when a delivery fails", ForgetsFailures::new),
            webhookMutant("W4", "sends a new webhook the events from before it",
                    WebhookDeliveryMutants.BeginsAtZero::new),
            webhookMutant("W4", "sends a new webhook the turns that ended before it",
                    WebhookDeliveryMutants.BeginsWithoutTurns::new),
            webhookMutant("W5", "does not find purged conversations", WebhookDeliveryMutants.ForgetsPurged::new),
            webhookMutant("W5", "finds only conversations with a new version",
                    WebhookDeliveryMutants.IgnoresTurns::new),
            webhookMutant("W5", "repeats the last conversation of a page on the next",
                    WebhookDeliveryMutants.RepeatedOnTheNextPage::new),
            webhookMutant("W6", "claims a webhook that another holder has", WebhookDeliveryMutants.ClaimsHeld::new),
            webhookMutant("W6", "claims a webhook in two steps", WebhookDeliveryMutants.ClaimsInTwoSteps::new),
            webhookMutant("W7", "lets any instance move cursors", WebhookDeliveryMutants.IgnoresTheHolder::new),
            webhookMutant("W7", "checks the holder and moves the cursor in two steps",
                    WebhookDeliveryMutants.LooksFirst::new),
            webhookMutant("W7", "does not store the last failure", WebhookDeliveryMutants.ForgetsLastFailure::new),
            webhookMutant("W8", "lets a cursor go back", WebhookDeliveryMutants.GoesBack::new),
            webhookMutant("W9", "counts the webhooks before it adds one (passes the limit)", CountsTooEarly::new),
            webhookMutant("W9", "replaces a webhook with the same id", Replaces::new),
            webhookMutant("W10", "removes the webhooks of other owners", IgnoresTheOwner::new),
            webhookMutant("W10", "keeps the cursors of a removed webhook", KeepsCursors::new),
            webhookMutant("W11", "acknowledges a change of webhooks that the storage refused",
                    AcknowledgesRefused::new),
            webhookMutant("W11", "reports a recorded change of webhooks as certainly not recorded",
                    DefiniteThoughRecorded::new));

    private WebhookMutants() {
    }

    private static Webhook decoded(Webhook webhook) {
        return webhook.withUrl(WebhookUrl.parse(webhook.url().toString().replace("%C3%A4", "a")));
    }

    private static class EarlyAcknowledgement extends ReferenceWebhookStore {
        private final TreeMap<WebhookId, StoredWebhook> memory = new TreeMap<>();

        EarlyAcknowledgement(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public synchronized Webhook create(Webhook webhook) {
            memory.put(webhook.id(), new StoredWebhook(webhook, Map.of(), Optional.empty()));
            return webhook;
        }

        @Override
        protected synchronized NavigableMap<WebhookId, StoredWebhook> webhooks() {
            return Mutations.withUnstored(memory, super.webhooks());
        }
    }

    private static class CachesWebhooks extends ReferenceWebhookStore {
        private final TreeMap<WebhookId, Webhook> cache = new TreeMap<>();

        CachesWebhooks(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public synchronized Optional<Webhook> find(WebhookId id) {
            return Mutations.cached(cache, id, super.find(id));
        }
    }

    private static class Alters extends ReferenceWebhookStore {
        private final UnaryOperator<Webhook> change;

        Alters(ReferenceStorage storage, int limit, UnaryOperator<Webhook> change) {
            super(storage, limit);
            this.change = change;
        }

        @Override
        public Webhook create(Webhook webhook) {
            super.create(change.apply(webhook));
            return webhook;
        }
    }

    private static class ForgetsFailures extends ReferenceWebhookStore {
        ForgetsFailures(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public boolean advance(UUID holder, WebhookId id, ConversationId conversation, Cursor cursor) {
            return super.advance(holder, id, conversation,
                    new Cursor(cursor.version(), cursor.turn(), Optional.empty()));
        }
    }

    private static class CountsTooEarly extends ReferenceWebhookStore {
        private final int limit;

        CountsTooEarly(ReferenceStorage storage, int limit) {
            super(storage, Integer.MAX_VALUE);
            this.limit = limit;
        }

        @Override
        public Webhook create(Webhook webhook) {
            if (list(webhook.owner()).size() >= limit && find(webhook.id()).isEmpty()) {
                throw new TooManyWebhooks(limit);
            }
            Mutations.pause();
            return super.create(webhook);
        }
    }

    private static class Replaces extends ReferenceWebhookStore {
        Replaces(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public Webhook create(Webhook webhook) {
            find(webhook.id()).ifPresent(present -> remove(present.owner(), present.id()));
            return super.create(webhook);
        }
    }

    private static class IgnoresTheOwner extends ReferenceWebhookStore {
        IgnoresTheOwner(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public boolean remove(OwnerId owner, WebhookId id) {
            return find(id).filter(webhook -> super.remove(webhook.owner(), id)).isPresent();
        }
    }

    private static class KeepsCursors extends ReferenceWebhookStore {
        private final Map<WebhookId, Map<ConversationId, Cursor>> kept = new TreeMap<>();

        KeepsCursors(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public boolean remove(OwnerId owner, WebhookId id) {
            Optional.ofNullable(webhooks().get(id)).ifPresent(stored -> kept.put(id, stored.cursors()));
            return super.remove(owner, id);
        }

        @Override
        public Webhook create(Webhook webhook) {
            Webhook created = super.create(webhook);
            storage().changeWebhooks(all -> all.computeIfPresent(webhook.id(),
                    (id, each) -> new StoredWebhook(each.webhook(), kept.getOrDefault(id, each.cursors()),
                            each.claim())));
            return created;
        }
    }

    private static class AcknowledgesRefused extends ReferenceWebhookStore {
        AcknowledgesRefused(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public boolean remove(OwnerId owner, WebhookId id) {
            return Mutations.acknowledged(true, () -> super.remove(owner, id));
        }
    }

    private static class DefiniteThoughRecorded extends ReferenceWebhookStore {
        DefiniteThoughRecorded(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public int removeAllOf(OwnerId owner) {
            return Mutations.deniedWhenUnknown(() -> super.removeAllOf(owner));
        }
    }
}
