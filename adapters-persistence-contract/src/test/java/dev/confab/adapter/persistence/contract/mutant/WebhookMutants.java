package dev.confab.adapter.persistence.contract.mutant;

import static dev.confab.adapter.persistence.contract.mutant.Mutants.webhookMutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceWebhookStore;
import dev.confab.adapter.persistence.contract.reference.StoredWebhook;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.webhook.Cursor;
import dev.confab.domain.webhook.DeliveryFailure;
import dev.confab.domain.webhook.Progress;
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
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Stores of webhooks that each violate one clause on purpose. */
final class WebhookMutants {
    private static final long PAUSE_NANOS = 200_000;

    static final List<Mutants.Mutant> ALL = List.of(
            webhookMutant("W1", "acknowledges a new webhook before it is durable", EarlyAcknowledgement::new),
            webhookMutant("W2", "caches webhooks for ever", CachesWebhooks::new),
            webhookMutant("W3", "stores webhooks as disabled",
                    (storage, limit) -> new Alters(storage, limit, webhook -> webhook.disabled(Instant.EPOCH, "why"))),
            webhookMutant("W3", "stores the path of a webhook's URL decoded",
                    (storage, limit) -> new Alters(storage, limit, WebhookMutants::decoded)),
            webhookMutant("W3", "does not store since when a delivery fails", ForgetsFailures::new),
            webhookMutant("W4", "tells a new webhook of everything that there is", BeginsAtZero::new),
            webhookMutant("W4", "tells a new webhook of turns that ended before", BeginsWithoutTurns::new),
            webhookMutant("W5", "does not find purged conversations", ForgetsPurged::new),
            webhookMutant("W5", "finds only conversations with a new version", IgnoresTurns::new),
            webhookMutant("W5", "repeats the last conversation of a page on the next", RepeatedOnTheNextPage::new),
            webhookMutant("W6", "claims a webhook that another holder has", ClaimsHeld::new),
            webhookMutant("W6", "claims a webhook in two steps", ClaimsInTwoSteps::new),
            webhookMutant("W7", "lets everyone move cursors", IgnoresTheHolder::new),
            webhookMutant("W7", "looks at the holder first and moves the cursor then", LooksFirst::new),
            webhookMutant("W7", "does not store the last failure", ForgetsLastFailure::new),
            webhookMutant("W8", "lets a cursor go back", GoesBack::new),
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
            var all = new TreeMap<>(super.webhooks());
            all.putAll(memory);
            return all;
        }
    }

    private static class CachesWebhooks extends ReferenceWebhookStore {
        private final TreeMap<WebhookId, Webhook> cache = new TreeMap<>();

        CachesWebhooks(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public synchronized Optional<Webhook> find(WebhookId id) {
            super.find(id).ifPresent(webhook -> cache.putIfAbsent(id, webhook));
            return Optional.ofNullable(cache.get(id));
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

    private static class BeginsAtZero extends ReferenceWebhookStore {
        BeginsAtZero(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        protected Map<ConversationId, Cursor> present(OwnerId owner) {
            return Map.of();
        }
    }

    private static class BeginsWithoutTurns extends ReferenceWebhookStore {
        BeginsWithoutTurns(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        protected Map<ConversationId, Cursor> present(OwnerId owner) {
            return super.present(owner).entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                    entry -> Cursor.upTo(entry.getValue().version(), List.of())));
        }
    }

    private static class ForgetsPurged extends ReferenceWebhookStore {
        ForgetsPurged(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public List<ConversationId> due(WebhookId id, Optional<ConversationId> after, int limit) {
            return super.due(id, after, limit).stream()
                    .filter(each -> progress(id, each).flatMap(Progress::head).isPresent()).toList();
        }
    }

    private static class IgnoresTurns extends ReferenceWebhookStore {
        IgnoresTurns(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        protected Progress progress(StoredWebhook stored, ConversationId conversation) {
            Progress whole = super.progress(stored, conversation);
            return new Progress(conversation, whole.cursor(), whole.head(), List.of());
        }
    }

    private static class RepeatedOnTheNextPage extends ReferenceWebhookStore {
        RepeatedOnTheNextPage(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public List<ConversationId> due(WebhookId id, Optional<ConversationId> after, int limit) {
            List<ConversationId> page = super.due(id, after, limit);
            return after.isPresent() && !page.isEmpty() && page.size() < limit
                    ? List.of(after.get(), page.getLast())
                    : page;
        }
    }

    private static class ClaimsHeld extends ReferenceWebhookStore {
        ClaimsHeld(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        protected boolean isFree(StoredWebhook webhook, Instant now) {
            return true;
        }
    }

    private static class ClaimsInTwoSteps extends ReferenceWebhookStore {
        ClaimsInTwoSteps(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public List<Webhook> claim(UUID holder, Instant now, Instant until, int limit) {
            List<Webhook> free = webhooks().values().stream()
                    .filter(each -> each.webhook().isEnabled() && !each.isHeldBy(holder) && isFree(each, now))
                    .limit(limit).map(StoredWebhook::webhook).toList();
            LockSupport.parkNanos(PAUSE_NANOS);
            free.forEach(webhook -> storage().changeWebhooks(
                    all -> all.computeIfPresent(webhook.id(), (_, each) -> new StoredWebhook(each.webhook(),
                            each.cursors(), Optional.of(new StoredWebhook.Claim(holder, until))))));
            return free;
        }
    }

    private static class IgnoresTheHolder extends ReferenceWebhookStore {
        IgnoresTheHolder(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        protected boolean changeHeld(UUID holder, WebhookId id, HeldChange change) {
            return storage().changeWebhooks(all -> {
                Optional<StoredWebhook> changed = Optional.ofNullable(all.get(id)).flatMap(change::of);
                changed.ifPresent(next -> all.put(id, next));
                return changed.isPresent();
            });
        }
    }

    private static class LooksFirst extends ReferenceWebhookStore {
        LooksFirst(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        protected boolean changeHeld(UUID holder, WebhookId id, HeldChange change) {
            if (!Optional.ofNullable(webhooks().get(id)).filter(each -> each.isHeldBy(holder)).isPresent()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            return storage().changeWebhooks(all -> {
                Optional<StoredWebhook> changed = Optional.ofNullable(all.get(id)).flatMap(change::of);
                changed.ifPresent(next -> all.put(id, next));
                return changed.isPresent();
            });
        }
    }

    private static class GoesBack extends ReferenceWebhookStore {
        GoesBack(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public boolean advance(UUID holder, WebhookId id, ConversationId conversation, Cursor cursor) {
            return forget(holder, id, conversation) && super.advance(holder, id, conversation, cursor);
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
            LockSupport.parkNanos(PAUSE_NANOS);
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
            try {
                return super.remove(owner, id);
            } catch (StorageUnavailable swallowed) {
                return true;
            }
        }
    }

    private static class DefiniteThoughRecorded extends ReferenceWebhookStore {
        DefiniteThoughRecorded(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public int removeAllOf(OwnerId owner) {
            try {
                return super.removeAllOf(owner);
            } catch (CommitOutcomeUnknown unknown) {
                throw new StorageUnavailable("it is certainly not there", unknown);
            }
        }
    }

    private static class ForgetsLastFailure extends ReferenceWebhookStore {
        ForgetsLastFailure(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public boolean recordFailure(UUID holder, WebhookId id, DeliveryFailure failure) {
            return changeHeld(holder, id, Optional::of);
        }
    }
}
