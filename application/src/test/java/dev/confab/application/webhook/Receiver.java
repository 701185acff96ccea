package dev.confab.application.webhook;

import dev.confab.domain.port.WebhookSender;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookEvent;
import dev.confab.domain.webhook.WebhookUrl;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A receiver in memory, which answers as a test says, and remembers what it got. */
final class Receiver implements WebhookSender {
    /** An event that came. */
    record Delivery(Webhook webhook, WebhookEvent event, Result result) {
    }

    final List<Delivery> all = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicInteger> atOnce = new ConcurrentHashMap<>();
    volatile int mostAtOnce;
    volatile Function<Delivery, Result> answer = _ -> new Result.Accepted(204);

    @Override
    public void check(WebhookUrl url) {
        // every URL
    }

    @Override
    public Result send(Webhook webhook, WebhookEvent event, Instant now) {
        AtomicInteger running = atOnce.computeIfAbsent(webhook.id().toString(), _ -> new AtomicInteger());
        int count = running.incrementAndGet();
        synchronized (this) {
            mostAtOnce = Math.max(mostAtOnce, count);
        }
        try {
            Result result = answer.apply(new Delivery(webhook, event, new Result.Accepted(0)));
            all.add(new Delivery(webhook, event, result));
            return result;
        } finally {
            running.decrementAndGet();
        }
    }

    /** The events that were accepted, in order. */
    List<WebhookEvent> accepted() {
        return all.stream().filter(delivery -> delivery.result() instanceof Result.Accepted)
                .map(Delivery::event).toList();
    }
}
