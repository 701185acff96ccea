package dev.confab.application.webhook;

import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.Ids;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.WebhookSender;
import dev.confab.domain.port.WebhookStore;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the events of the webhooks that this instance has claimed.
 *
 * <p>Why nothing is lost: a webhook is claimed after this instance listens to the change feed, and everything that is due then is
 * scanned; later changes are hinted at. Hints may be lost, so it is scanned again now and then. Why two instances do not deliver the
 * same: only the holder of a claim sends, and only while the claim outlasts the attempt.
 */
public final class WebhookDelivery implements AutoCloseable {
    private static final int MAX_NEW_CLAIMS = 1_000;
    private static final int ROUNDS_BETWEEN_SCANS = 360;
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
    private static final Duration CLOSE_LOOKS_EVERY = Duration.ofMillis(10);
    private static final Logger LOG = LoggerFactory.getLogger(WebhookDelivery.class);

    private final WebhookStore store;
    private final DeliverySettings settings;
    private final InstantSource clock;
    private final ConversationDelivery delivery;
    private final Semaphore permits;
    private final UUID holder;
    private final Map<WebhookId, ClaimedWebhook> claimed = new ConcurrentHashMap<>();
    private final Map<OwnerId, List<ClaimedWebhook>> byOwner = new ConcurrentHashMap<>();
    private final Semaphore wake = new Semaphore(0);
    private final ChangeFeed.Subscription subscription;
    private final Thread rounds;
    private volatile Instant heldUntil = Instant.MIN;
    private volatile boolean closed;
    private boolean failing;

    /** @param clock in whole milliseconds */
    public WebhookDelivery(WebhookStore store, ChangeFeed feed, WebhookSender sender, Ids ids, InstantSource clock,
            DeliverySettings settings, DeliveryObserver observer) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.holder = ids.next();
        this.permits = new Semaphore(settings.maxAtOnce(), true);
        this.delivery = new ConversationDelivery(store, sender, clock, settings, observer, holder,
                () -> !closed && clock.instant().plus(settings.timeout()).isBefore(heldUntil));
        this.subscription = feed.subscribe(hint -> byOwner.getOrDefault(hint.owner(), List.of())
                .forEach(webhook -> webhook.hint(hint.conversation())));
        this.rounds = Thread.ofVirtual().name("confab-webhook-claims").unstarted(this::run);
    }

    public void start() {
        rounds.start();
    }

    /** A webhook may be there to claim. Returns at once. */
    public void wake() {
        wake.release();
    }

    /** The webhooks that this instance delivers now. */
    public int claimed() {
        return claimed.size();
    }

    private void run() {
        try {
            for (int round = 1; !closed; round++) {
                round(round % ROUNDS_BETWEEN_SCANS == 0);
                var _ = wake.tryAcquire(settings.lease().toMillis() / 3, TimeUnit.MILLISECONDS);
                var _ = wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round(boolean scan) {
        try {
            Instant now = clock.instant();
            Instant until = now.plus(settings.lease());
            keep(store.renew(holder, until));
            // A claim that could not be renewed in time may still be this instance's: then it was renewed now.
            heldUntil = until;
            store.claim(holder, now, until, MAX_NEW_CLAIMS).forEach(this::begin);
            if (scan) {
                claimed.values().forEach(ClaimedWebhook::scanAgain);
            }
            failing = false;
        } catch (StorageException e) {
            if (!failing) {
                LOG.warn("Webhooks cannot be claimed now; trying again every {} s: {}",
                        settings.lease().toSeconds() / 3, e.getMessage());
            }
            failing = true;
        }
    }

    /** Ends the delivery of webhooks that this instance no longer holds, and restarts deliveries that have stopped. */
    private void keep(Collection<Webhook> held) {
        Set<WebhookId> ids = held.stream().map(Webhook::id).collect(Collectors.toSet());
        claimed.values().stream().filter(each -> each.isStopped() || !ids.contains(each.id())).toList()
                .forEach(this::end);
        held.stream().filter(webhook -> !claimed.containsKey(webhook.id())).forEach(this::begin);
    }

    private void begin(Webhook webhook) {
        var begun = new ClaimedWebhook(webhook, delivery, permits);
        claimed.put(webhook.id(), begun);
        byOwner.computeIfAbsent(webhook.owner(), _ -> new CopyOnWriteArrayList<>()).add(begun);
        begun.start();
    }

    private void end(ClaimedWebhook webhook) {
        webhook.stop();
        if (webhook.isBusy()) {
            // An attempt still runs: the webhook must not begin anew beside it.
            return;
        }
        claimed.remove(webhook.id());
        byOwner.computeIfPresent(webhook.owner(), (_, all) -> {
            all.remove(webhook);
            return all.isEmpty() ? null : all;
        });
    }

    /** Ends the delivery: attempts that run may end, for a few seconds. Only then may other instances take over at once. */
    @Override
    public void close() {
        closed = true;
        subscription.close();
        wake();
        claimed.values().forEach(ClaimedWebhook::stop);
        try {
            rounds.join(LONGEST_CLOSE);
            long deadline = System.nanoTime() + LONGEST_CLOSE.toNanos();
            while (isBusy() && System.nanoTime() < deadline) {
                Thread.sleep(CLOSE_LOOKS_EVERY);
            }
            if (!isBusy() && !rounds.isAlive()) {
                store.release(holder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StorageException e) {
            LOG.warn("The claims of webhooks could not be released; other instances deliver them in {} s: {}",
                    settings.lease().toSeconds(), e.getMessage());
        }
    }

    /** Stops as if the process had crashed: nothing is handed over. For tests. */
    void abandon() {
        closed = true;
        subscription.close();
        wake();
        claimed.values().forEach(ClaimedWebhook::stop);
    }

    private boolean isBusy() {
        return claimed.values().stream().anyMatch(ClaimedWebhook::isBusy);
    }
}
