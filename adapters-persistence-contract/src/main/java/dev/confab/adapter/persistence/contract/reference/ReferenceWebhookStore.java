package dev.confab.adapter.persistence.contract.reference;

import dev.confab.adapter.persistence.contract.reference.StoredWebhook.Claim;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.WebhookStore;
import dev.confab.domain.webhook.Cursor;
import dev.confab.domain.webhook.DeliveryFailure;
import dev.confab.domain.webhook.Progress;
import dev.confab.domain.webhook.Progress.Head;
import dev.confab.domain.webhook.TooManyWebhooks;
import dev.confab.domain.webhook.TurnProgress;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookId;
import dev.confab.domain.webhook.WebhookIdReused;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The simplest correct {@link WebhookStore}, in memory. The storage lets one change at a time replace all webhooks. */
public class ReferenceWebhookStore implements WebhookStore {
    private final ReferenceStorage storage;
    private final int limit;

    /** @param limit how many webhooks an owner may have */
    public ReferenceWebhookStore(ReferenceStorage storage, int limit) {
        this.storage = storage;
        this.limit = limit;
    }

    protected final ReferenceStorage storage() {
        return storage;
    }

    /** The webhooks that this instance sees. */
    protected NavigableMap<WebhookId, StoredWebhook> webhooks() {
        return storage.webhooks();
    }

    @Override
    public Webhook create(Webhook webhook) {
        return storage.changeWebhooks(all -> {
            StoredWebhook present = all.get(webhook.id());
            if (present != null) {
                if (!present.webhook().isSameRequest(webhook)) {
                    throw new WebhookIdReused(webhook.id());
                }
                return present.webhook();
            }
            if (ownedBy(all, webhook.owner()).count() >= limit) {
                throw new TooManyWebhooks(limit);
            }
            all.put(webhook.id(), new StoredWebhook(webhook, present(webhook.owner()), Optional.empty()));
            return webhook;
        });
    }

    /** The cursors of a webhook that has received all events. */
    protected Map<ConversationId, Cursor> present(OwnerId owner) {
        return storage.readAll().filter(state -> isToTell(state, owner)).collect(Collectors
                .toMap(state -> state.head().id(), state -> Cursor.upTo(state.head().version().value(), turns(state))));
    }

    /** Whether the conversation is the owner's and complete. */
    protected boolean isToTell(ReferenceConversation state, OwnerId owner) {
        return state.head().owner().equals(owner) && !state.head().isStaged();
    }

    private static List<TurnProgress> turns(ReferenceConversation state) {
        return state.activity().turns().stream().map(TurnProgress::of).toList();
    }

    private static Stream<StoredWebhook> ownedBy(NavigableMap<WebhookId, StoredWebhook> all, OwnerId owner) {
        return all.values().stream().filter(each -> each.webhook().owner().equals(owner));
    }

    @Override
    public Optional<Webhook> find(WebhookId id) {
        return Optional.ofNullable(webhooks().get(id)).map(StoredWebhook::webhook);
    }

    @Override
    public List<Webhook> list(OwnerId owner) {
        return ownedBy(webhooks(), owner).map(StoredWebhook::webhook).toList();
    }

    @Override
    public Optional<Webhook> change(OwnerId owner, WebhookId id, UnaryOperator<Webhook> change) {
        return storage.changeWebhooks(all -> Optional.ofNullable(all.get(id))
                .filter(present -> present.webhook().owner().equals(owner)).map(present -> {
                    Webhook changed = change.apply(present.webhook());
                    all.put(id, present.with(changed));
                    return changed;
                }));
    }

    @Override
    public boolean remove(OwnerId owner, WebhookId id) {
        return storage.changeWebhooks(all -> all.values()
                .removeIf(each -> each.webhook().id().equals(id) && each.webhook().owner().equals(owner)));
    }

    @Override
    public int removeAllOf(OwnerId owner) {
        return storage.changeWebhooks(all -> {
            int before = all.size();
            all.values().removeIf(each -> each.webhook().owner().equals(owner));
            return before - all.size();
        });
    }

    @Override
    public List<Webhook> claim(UUID holder, Instant now, Instant until, int limit) {
        return storage.changeWebhooks(all -> {
            List<StoredWebhook> free = all.values().stream()
                    .filter(each -> each.webhook().isEnabled() && !each.isHeldBy(holder) && isFree(each, now))
                    .limit(limit).toList();
            free.forEach(each -> all.put(each.webhook().id(), each.with(Optional.of(new Claim(holder, until)))));
            return free.stream().map(StoredWebhook::webhook).toList();
        });
    }

    protected boolean isFree(StoredWebhook webhook, Instant now) {
        return webhook.claim().map(claim -> !claim.until().isAfter(now)).orElse(true);
    }

    @Override
    public List<Webhook> renew(UUID holder, Instant until) {
        return storage.changeWebhooks(all -> {
            List<StoredWebhook> held = all.values().stream()
                    .filter(each -> each.webhook().isEnabled() && each.isHeldBy(holder)).toList();
            held.forEach(each -> all.put(each.webhook().id(), each.with(Optional.of(new Claim(holder, until)))));
            return held.stream().map(StoredWebhook::webhook).toList();
        });
    }

    @Override
    public void release(UUID holder) {
        storage.changeWebhooks(all -> {
            all.replaceAll((_, each) -> each.isHeldBy(holder) ? each.with(Optional.<Claim>empty()) : each);
            return holder;
        });
    }

    @Override
    public List<ConversationId> due(WebhookId id, Optional<ConversationId> after, int limit) {
        StoredWebhook stored = webhooks().get(id);
        if (stored == null) {
            return List.of();
        }
        Stream<ConversationId> existing = storage.readAll()
                .filter(state -> state.head().owner().equals(stored.webhook().owner()))
                .map(state -> state.head().id());
        return Stream.concat(existing, stored.cursors().keySet().stream()).distinct().sorted()
                .filter(conversation -> after.map(last -> conversation.compareTo(last) > 0).orElse(true))
                .filter(conversation -> progress(stored, conversation).isDue()).limit(limit).toList();
    }

    @Override
    public Optional<Progress> progress(WebhookId id, ConversationId conversation) {
        return Optional.ofNullable(webhooks().get(id)).map(stored -> progress(stored, conversation));
    }

    protected Progress progress(StoredWebhook stored, ConversationId conversation) {
        Optional<ReferenceConversation> state = storage.read(conversation)
                .filter(found -> isToTell(found, stored.webhook().owner()));
        return new Progress(conversation, stored.cursor(conversation), state.map(found -> head(found.head())),
                state.map(ReferenceWebhookStore::turns).orElse(List.of()));
    }

    private static Head head(Conversation conversation) {
        return new Head(conversation.version().value(), conversation.isDeleted(), conversation.updatedAt());
    }

    @Override
    public boolean advance(UUID holder, WebhookId id, ConversationId conversation, Cursor cursor) {
        return changeHeld(holder, id, stored -> stored.cursor(conversation).version() > cursor.version()
                ? Optional.empty()
                : Optional.of(stored.with(conversation, cursor)));
    }

    @Override
    public boolean forget(UUID holder, WebhookId id, ConversationId conversation) {
        return changeHeld(holder, id, stored -> Optional.of(stored.without(conversation)));
    }

    @Override
    public boolean recordFailure(UUID holder, WebhookId id, DeliveryFailure failure) {
        return changeHeld(holder, id, stored -> Optional.of(stored.with(stored.webhook().failed(failure))));
    }

    /** A change of a webhook that its holder may refuse to make. */
    protected interface HeldChange {
        Optional<StoredWebhook> of(StoredWebhook stored);
    }

    /** Changes the webhook if the holder has it. */
    protected boolean changeHeld(UUID holder, WebhookId id, HeldChange change) {
        return storage.changeWebhooks(all -> {
            Optional<StoredWebhook> changed = Optional.ofNullable(all.get(id)).filter(each -> each.isHeldBy(holder))
                    .flatMap(change::of);
            changed.ifPresent(next -> all.put(id, next));
            return changed.isPresent();
        });
    }
}
