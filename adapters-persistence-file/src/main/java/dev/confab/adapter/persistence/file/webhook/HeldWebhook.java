package dev.confab.adapter.persistence.file.webhook;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.webhook.Cursor;
import dev.confab.domain.webhook.DeliveryFailure;
import dev.confab.domain.webhook.Webhook;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A webhook in memory, with its cursors and its claim. Its monitor guards all of it. */
final class HeldWebhook {
    private Webhook webhook;
    private final Map<ConversationId, Cursor> cursors;
    private Optional<Claim> claim = Optional.empty();
    private boolean written;

    private record Claim(UUID holder, Instant until) {
    }

    /** The content of the file with the cursors. */
    record Content(Optional<DeliveryFailure> lastFailure, Map<ConversationId, Cursor> cursors) {
        Content {
            cursors = Map.copyOf(cursors);
        }
    }

    /** With the content of its file. */
    HeldWebhook(Webhook webhook, Content content) {
        this.webhook = content.lastFailure().map(webhook::failed).orElse(webhook);
        this.cursors = new HashMap<>(content.cursors());
        this.written = true;
    }

    synchronized Webhook webhook() {
        return webhook;
    }

    /** Replaces the webhook by the changed {@code before}, and keeps a failure that was recorded meanwhile. */
    synchronized void replace(Webhook before, Webhook after) {
        webhook = webhook.lastFailure().equals(before.lastFailure())
                ? after
                : webhook.lastFailure().map(after::failed).orElse(after);
    }

    synchronized Cursor cursor(ConversationId conversation) {
        return cursors.getOrDefault(conversation, Cursor.NONE);
    }

    synchronized Map<ConversationId, Cursor> cursors() {
        return Map.copyOf(cursors);
    }

    synchronized boolean claim(UUID holder, Instant now, Instant until) {
        boolean free = webhook.isEnabled()
                && claim.map(held -> !held.holder().equals(holder) && !held.until().isAfter(now)).orElse(true);
        if (free) {
            claim = Optional.of(new Claim(holder, until));
        }
        return free;
    }

    synchronized boolean renew(UUID holder, Instant until) {
        boolean renewed = webhook.isEnabled() && isHeldBy(holder);
        if (renewed) {
            claim = Optional.of(new Claim(holder, until));
        }
        return renewed;
    }

    synchronized void release(UUID holder) {
        claim = claim.filter(held -> !held.holder().equals(holder));
    }

    private boolean isHeldBy(UUID holder) {
        return claim.filter(held -> held.holder().equals(holder)).isPresent();
    }

    synchronized boolean advance(UUID holder, ConversationId conversation, Cursor cursor) {
        boolean moves = isHeldBy(holder) && cursor(conversation).version() <= cursor.version();
        if (moves) {
            cursors.put(conversation, cursor);
            written = false;
        }
        return moves;
    }

    synchronized boolean forget(UUID holder, ConversationId conversation) {
        boolean held = isHeldBy(holder);
        if (held && cursors.remove(conversation) != null) {
            written = false;
        }
        return held;
    }

    synchronized boolean recordFailure(UUID holder, DeliveryFailure failure) {
        boolean held = isHeldBy(holder);
        if (held) {
            webhook = webhook.failed(failure);
            written = false;
        }
        return held;
    }

    /** The content to write, if it has changed; it then counts as written. */
    synchronized Optional<Content> takeUnwritten() {
        if (written) {
            return Optional.empty();
        }
        written = true;
        return Optional.of(new Content(webhook.lastFailure(), cursors));
    }

    synchronized void writeFailed() {
        written = false;
    }
}
