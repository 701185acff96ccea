package dev.confab.adapter.persistence.file.webhook;

import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationState;
import dev.confab.adapter.persistence.file.memory.ConversationTable;
import dev.confab.adapter.persistence.file.webhook.HeldWebhook.Content;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationDamaged;
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
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The webhooks of a data directory. Claims are in memory only: no other process delivers while this one has the directory.
 *
 * @param limit how many webhooks an owner may have
 */
public record FileWebhookStore(StoredWebhooks stored, ConversationTable table, int limit) implements WebhookStore {

    @Override
    public Webhook create(Webhook webhook) {
        return stored.change(all -> {
            Webhook present = all.get(webhook.id());
            if (present != null) {
                if (!present.isSameRequest(webhook)) {
                    throw new WebhookIdReused(webhook.id());
                }
                return present;
            }
            if (all.values().stream().filter(each -> each.owner().equals(webhook.owner())).count() >= limit) {
                throw new TooManyWebhooks(limit);
            }
            all.put(webhook.id(), webhook);
            return webhook;
        }, added -> new Content(added.lastFailure(), present(added.owner())));
    }

    /** The cursors of a webhook that has received all events. */
    private Map<ConversationId, Cursor> present(OwnerId owner) {
        return states(owner).collect(Collectors.toMap(state -> head(state).id(),
                state -> Cursor.upTo(head(state).version().value(), turns(state))));
    }

    private Stream<ConversationState> states(OwnerId owner) {
        return table.all().stream().map(ConversationEntry::state).filter(state -> isToTell(state, owner));
    }

    /** A webhook gets no event of a staged conversation before that is complete. */
    private static boolean isToTell(ConversationState state, OwnerId owner) {
        return state.head().filter(head -> head.owner().equals(owner) && !head.isStaged()).isPresent();
    }

    private static Conversation head(ConversationState state) {
        return state.head().orElseThrow();
    }

    private static List<TurnProgress> turns(ConversationState state) {
        return state.activity().turns().stream().map(TurnProgress::of).toList();
    }

    @Override
    public Optional<Webhook> find(WebhookId id) {
        return stored.find(id).map(HeldWebhook::webhook);
    }

    @Override
    public List<Webhook> list(OwnerId owner) {
        return stored.all().values().stream().map(HeldWebhook::webhook).filter(each -> each.owner().equals(owner))
                .toList();
    }

    @Override
    public Optional<Webhook> change(OwnerId owner, WebhookId id, UnaryOperator<Webhook> change) {
        return stored.change(
                all -> Optional.ofNullable(all.get(id)).filter(each -> each.owner().equals(owner)).map(present -> {
                    Webhook changed = change.apply(present);
                    all.put(id, changed);
                    return changed;
                }), FileWebhookStore::addsNothing);
    }

    @Override
    public boolean remove(OwnerId owner, WebhookId id) {
        return removeIf(each -> each.id().equals(id) && each.owner().equals(owner)) > 0;
    }

    @Override
    public int removeAllOf(OwnerId owner) {
        return removeIf(each -> each.owner().equals(owner));
    }

    private int removeIf(Predicate<Webhook> removed) {
        return stored.change(all -> {
            int before = all.size();
            all.values().removeIf(removed);
            return before - all.size();
        }, FileWebhookStore::addsNothing);
    }

    private static Content addsNothing(Webhook webhook) {
        throw new IllegalStateException("webhook " + webhook.id() + " was added by a change that adds none");
    }

    @Override
    public List<Webhook> claim(UUID holder, Instant now, Instant until, int limit) {
        return stored.all().values().stream().filter(held -> held.claim(holder, now, until)).limit(limit)
                .map(HeldWebhook::webhook).toList();
    }

    @Override
    public List<Webhook> renew(UUID holder, Instant until) {
        return stored.all().values().stream().filter(held -> held.renew(holder, until)).map(HeldWebhook::webhook)
                .toList();
    }

    @Override
    public void release(UUID holder) {
        stored.all().values().forEach(held -> held.release(holder));
    }

    @Override
    public List<ConversationId> due(WebhookId id, Optional<ConversationId> after, int limit) {
        return stored.find(id).map(held -> {
            Map<ConversationId, Cursor> cursors = held.cursors();
            Stream<ConversationId> existing = states(held.webhook().owner()).map(state -> head(state).id());
            return Stream.concat(existing, cursors.keySet().stream()).distinct()
                    .filter(each -> after.map(last -> each.compareTo(last) > 0).orElse(true)).sorted()
                    .filter(each -> table.find(each).filter(ConversationEntry::isDamaged).isEmpty())
                    .filter(each -> progress(held, each, cursors.getOrDefault(each, Cursor.NONE)).isDue()).limit(limit)
                    .toList();
        }).orElse(List.of());
    }

    @Override
    public Optional<Progress> progress(WebhookId id, ConversationId conversation) {
        if (table.find(conversation).filter(ConversationEntry::isDamaged).isPresent()) {
            throw new ConversationDamaged(conversation);
        }
        return stored.find(id).map(held -> progress(held, conversation, held.cursor(conversation)));
    }

    private Progress progress(HeldWebhook held, ConversationId conversation, Cursor cursor) {
        Optional<ConversationState> state = table.find(conversation).map(ConversationEntry::state)
                .filter(each -> isToTell(each, held.webhook().owner()));
        return new Progress(conversation, cursor,
                state.map(FileWebhookStore::head).map(head -> new Head(head.version().value(), head.isDeleted(),
                        head.updatedAt())),
                state.map(FileWebhookStore::turns).orElse(List.of()));
    }

    @Override
    public boolean advance(UUID holder, WebhookId id, ConversationId conversation, Cursor cursor) {
        return changeInMemory(id, held -> held.advance(holder, conversation, cursor));
    }

    @Override
    public boolean forget(UUID holder, WebhookId id, ConversationId conversation) {
        return changeInMemory(id, held -> held.forget(holder, conversation));
    }

    @Override
    public boolean recordFailure(UUID holder, WebhookId id, DeliveryFailure failure) {
        return changeInMemory(id, held -> held.recordFailure(holder, failure));
    }

    private boolean changeInMemory(WebhookId id, Function<HeldWebhook, Boolean> change) {
        boolean changed = stored.find(id).map(change).orElse(false);
        if (changed) {
            stored.changedInMemory();
        }
        return changed;
    }
}
