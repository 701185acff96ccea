package dev.confab.application.webhook;

import dev.confab.application.webhook.ConversationDelivery.Outcome;
import dev.confab.application.webhook.DeliveryQueue.Work;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A webhook that this instance delivers. One virtual thread takes work from the queue; each conversation is delivered on a thread of
 * its own, so that none waits for a slow answer to another. The permits limit how many attempts run in the whole instance.
 */
final class ClaimedWebhook {
    private static final int PAGE = 500;
    private static final Duration AFTER_A_STORAGE_FAILURE = Duration.ofSeconds(5);
    private static final Duration UNTIL_THE_CLAIM_IS_RENEWED = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(ClaimedWebhook.class);

    private final WebhookId id;
    private final OwnerId owner;
    private final ConversationDelivery delivery;
    private final Semaphore permits;
    private final DeliveryQueue queue;

    /** @param permits one for each attempt that may run in this instance */
    ClaimedWebhook(Webhook webhook, ConversationDelivery delivery, Semaphore permits) {
        this.id = webhook.id();
        this.owner = webhook.owner();
        this.delivery = delivery;
        this.permits = permits;
        this.queue = new DeliveryQueue(delivery.settings().maxPerWebhook(),
                new Backoff(delivery.settings().firstRetry()));
    }

    WebhookId id() {
        return id;
    }

    OwnerId owner() {
        return owner;
    }

    void start() {
        Thread.ofVirtual().name("confab-webhook-" + id).start(this::run);
    }

    /** No attempt begins any more. One that runs may end. */
    void stop() {
        queue.stop();
    }

    boolean isStopped() {
        return queue.isStopped();
    }

    boolean isBusy() {
        return queue.running() > 0;
    }

    void hint(ConversationId conversation) {
        queue.hint(conversation);
    }

    void scanAgain() {
        queue.scanAgain();
    }

    private void run() {
        try {
            while (true) {
                switch (queue.take()) {
                    case Work.Deliver(ConversationId conversation) -> begin(conversation);
                    case Work.Scan(Optional<ConversationId> after) -> scan(after);
                    case Work.Stop() -> {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void scan(Optional<ConversationId> after) throws InterruptedException {
        try {
            List<ConversationId> page = delivery.store().due(id, after, PAGE);
            queue.scanned(after, page, PAGE);
        } catch (StorageException e) {
            LOG.warn("Webhook {}: the conversations with due events cannot be read; trying again in {} s: {}", id,
                    AFTER_A_STORAGE_FAILURE.toSeconds(), e.getMessage());
            Thread.sleep(AFTER_A_STORAGE_FAILURE);
        }
    }

    private void begin(ConversationId conversation) throws InterruptedException {
        permits.acquire();
        Thread.ofVirtual().name("confab-webhook-attempt").start(() -> {
            try {
                end(conversation, deliver(conversation));
            } finally {
                permits.release();
            }
        });
    }

    private Outcome deliver(ConversationId conversation) {
        try {
            return queue.isStopped() ? new Outcome.NotOurs() : delivery.deliver(id, conversation);
        } catch (ConversationDamaged e) {
            LOG.warn("Webhook {}: {}; its events follow once it can be read again", id, e.getMessage());
            return new Outcome.Done(false, false);
        } catch (StorageException e) {
            LOG.warn("Webhook {}: conversation {} cannot be delivered now; trying again: {}", id, conversation,
                    e.getMessage());
            return new Outcome.ClaimEnds();
        } catch (RuntimeException e) {
            LOG.error("Webhook {}: conversation {} cannot be delivered; trying again later", id, conversation, e);
            return new Outcome.Failed(false, Optional.empty());
        }
    }

    private void end(ConversationId conversation, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done(boolean more, boolean accepted) -> queue.done(conversation, more, accepted);
            case Outcome.Failed(boolean accepted, Optional<Duration> retryAfter) ->
                queue.failed(conversation, accepted, retryAfter);
            case Outcome.ClaimEnds() -> queue.postponed(conversation, UNTIL_THE_CLAIM_IS_RENEWED);
            case Outcome.NotOurs() -> {
                queue.stop();
                queue.done(conversation, false, false);
            }
        }
    }
}
