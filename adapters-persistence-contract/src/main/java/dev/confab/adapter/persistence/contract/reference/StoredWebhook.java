package dev.confab.adapter.persistence.contract.reference;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.webhook.Cursor;
import dev.confab.domain.webhook.Webhook;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A webhook in the reference store, with its cursors and its claim. */
public record StoredWebhook(Webhook webhook, Map<ConversationId, Cursor> cursors, Optional<Claim> claim) {

    /** Who delivers the webhook, and until when. */
    public record Claim(UUID holder, Instant until) {
    }

    public StoredWebhook {
        cursors = Map.copyOf(cursors);
    }

    public boolean isHeldBy(UUID holder) {
        return claim.filter(held -> held.holder().equals(holder)).isPresent();
    }

    public Cursor cursor(ConversationId conversation) {
        return cursors.getOrDefault(conversation, Cursor.NONE);
    }

    StoredWebhook with(Webhook changed) {
        return new StoredWebhook(changed, cursors, claim);
    }

    StoredWebhook with(Optional<Claim> changed) {
        return new StoredWebhook(webhook, cursors, changed);
    }

    StoredWebhook with(ConversationId conversation, Cursor cursor) {
        var changed = new HashMap<>(cursors);
        changed.put(conversation, cursor);
        return new StoredWebhook(webhook, changed, claim);
    }

    StoredWebhook without(ConversationId conversation) {
        var changed = new HashMap<>(cursors);
        changed.remove(conversation);
        return new StoredWebhook(webhook, changed, claim);
    }
}
