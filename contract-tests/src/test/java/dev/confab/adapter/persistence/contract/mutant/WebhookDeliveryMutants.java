package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceWebhookStore;
import dev.confab.adapter.persistence.contract.reference.StoredWebhook;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.webhook.Cursor;
import dev.confab.domain.webhook.DeliveryFailure;
import dev.confab.domain.webhook.Progress;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Stores that find, claim or record the deliveries of webhooks incorrectly. */
final class WebhookDeliveryMutants {
    private WebhookDeliveryMutants() {
    }

    static class BeginsAtZero extends ReferenceWebhookStore {
        BeginsAtZero(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        protected Map<ConversationId, Cursor> present(OwnerId owner) {
            return Map.of();
        }
    }

    static class BeginsWithoutTurns extends ReferenceWebhookStore {
        BeginsWithoutTurns(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        protected Map<ConversationId, Cursor> present(OwnerId owner) {
            return super.present(owner).entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                    entry -> Cursor.upTo(entry.getValue().version(), List.of())));
        }
    }

    static class ForgetsPurged extends ReferenceWebhookStore {
        ForgetsPurged(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public List<ConversationId> due(WebhookId id, Optional<ConversationId> after, int limit) {
            return super.due(id, after, limit).stream()
                    .filter(each -> progress(id, each).flatMap(Progress::head).isPresent()).toList();
        }
    }

    static class IgnoresTurns extends ReferenceWebhookStore {
        IgnoresTurns(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        protected Progress progress(StoredWebhook stored, ConversationId conversation) {
            Progress whole = super.progress(stored, conversation);
            return new Progress(conversation, whole.cursor(), whole.head(), List.of());
        }
    }

    static class RepeatedOnTheNextPage extends ReferenceWebhookStore {
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

    static class ClaimsHeld extends ReferenceWebhookStore {
        ClaimsHeld(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        protected boolean isFree(StoredWebhook webhook, Instant now) {
            return true;
        }
    }

    static class ClaimsInTwoSteps extends ReferenceWebhookStore {
        ClaimsInTwoSteps(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public List<Webhook> claim(UUID holder, Instant now, Instant until, int limit) {
            List<Webhook> free = webhooks().values().stream()
                    .filter(each -> each.webhook().isEnabled() && !each.isHeldBy(holder) && isFree(each, now))
                    .limit(limit).map(StoredWebhook::webhook).toList();
            Mutations.pause();
            free.forEach(webhook -> storage().changeWebhooks(
                    all -> all.computeIfPresent(webhook.id(), (_, each) -> new StoredWebhook(each.webhook(),
                            each.cursors(), Optional.of(new StoredWebhook.Claim(holder, until))))));
            return free;
        }
    }

    static class IgnoresTheHolder extends ReferenceWebhookStore {
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

    static class LooksFirst extends IgnoresTheHolder {
        LooksFirst(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        protected boolean changeHeld(UUID holder, WebhookId id, HeldChange change) {
            if (!Optional.ofNullable(webhooks().get(id)).filter(each -> each.isHeldBy(holder)).isPresent()) {
                return false;
            }
            Mutations.pause();
            return super.changeHeld(holder, id, change);
        }
    }

    static class ForgetsLastFailure extends ReferenceWebhookStore {
        ForgetsLastFailure(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public boolean recordFailure(UUID holder, WebhookId id, DeliveryFailure failure) {
            return changeHeld(holder, id, Optional::of);
        }
    }

    static class GoesBack extends ReferenceWebhookStore {
        GoesBack(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public boolean advance(UUID holder, WebhookId id, ConversationId conversation, Cursor cursor) {
            return forget(holder, id, conversation) && super.advance(holder, id, conversation, cursor);
        }
    }
}
