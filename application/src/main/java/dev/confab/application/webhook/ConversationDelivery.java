package dev.confab.application.webhook;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.WebhookSender;
import dev.confab.domain.port.WebhookSender.Result;
import dev.confab.domain.port.WebhookStore;
import dev.confab.domain.webhook.Cursor;
import dev.confab.domain.webhook.DeliveryFailure;
import dev.confab.domain.webhook.Progress;
import dev.confab.domain.webhook.Progress.Next;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookEvent;
import dev.confab.domain.webhook.WebhookId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the events of one conversation to one webhook, in order: an event is sent only after the receiver has accepted the one
 * before, and after that is stored. If it is not stored, the event is sent again.
 *
 * @param mayAttempt whether the claim outlasts one attempt, so that no other instance sends at the same time
 */
record ConversationDelivery(WebhookStore store, WebhookSender sender, InstantSource clock, DeliverySettings settings,
        DeliveryObserver observer, UUID holder, BooleanSupplier mayAttempt) {
    /** Then another conversation of the webhook has its turn. */
    private static final int MAX_EVENTS = 50;
    private static final int GONE = 410;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
    private static final Logger LOG = LoggerFactory.getLogger(ConversationDelivery.class);

    /** How a delivery ended. */
    sealed interface Outcome {
        /** Without a failure. */
        record Done(boolean more, boolean accepted) implements Outcome {
        }

        /**
         * The receiver did not accept an event.
         *
         * @param accepted whether it accepted others before
         */
        record Failed(boolean accepted, Optional<Duration> retryAfter) implements Outcome {
        }

        /** The claim ends too soon for an attempt. */
        record ClaimEnds() implements Outcome {
        }

        /** The webhook is gone or disabled, or another instance has it. */
        record NotOurs() implements Outcome {
        }
    }

    /** What became of one event. */
    private enum Step {
        SENT, SKIPPED, NOTHING, LOST
    }

    Outcome deliver(WebhookId id, ConversationId conversation) {
        boolean accepted = false;
        for (int n = 0; n < MAX_EVENTS; n++) {
            if (!mayAttempt.getAsBoolean()) {
                return new Outcome.ClaimEnds();
            }
            Optional<Webhook> webhook = store.find(id).filter(Webhook::isEnabled);
            Optional<Progress> progress = webhook.flatMap(_ -> store.progress(id, conversation));
            if (webhook.isEmpty() || progress.isEmpty()) {
                return new Outcome.NotOurs();
            }
            try {
                switch (step(webhook.get(), progress.get())) {
                    case SENT -> accepted = true;
                    case SKIPPED -> {
                        // the next one
                    }
                    case NOTHING -> {
                        return new Outcome.Done(false, accepted);
                    }
                    case LOST -> {
                        return new Outcome.NotOurs();
                    }
                }
            } catch (NotAccepted e) {
                return failed(webhook.get(), progress.get(), e, accepted);
            }
        }
        return new Outcome.Done(true, accepted);
    }

    private Step step(Webhook webhook, Progress progress) throws NotAccepted {
        ConversationId conversation = progress.conversation();
        return switch (progress.next(webhook.events(), clock.instant())) {
            case Next.Nothing() -> Step.NOTHING;
            case Next.Skip(Cursor after) ->
                stored(store.advance(holder, webhook.id(), conversation, after), Step.SKIPPED);
            case Next.Forget() -> stored(store.forget(holder, webhook.id(), conversation), Step.SKIPPED);
            case Next.Send(WebhookEvent event, Cursor after) -> {
                attempt(webhook, event);
                yield stored(store.advance(holder, webhook.id(), conversation, after), Step.SENT);
            }
            case Next.SendLast(WebhookEvent event) -> {
                attempt(webhook, event);
                yield stored(store.forget(holder, webhook.id(), conversation), Step.SENT);
            }
        };
    }

    private static Step stored(boolean stored, Step step) {
        return stored ? step : Step.LOST;
    }

    /** The receiver did not accept an event. */
    private static final class NotAccepted extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient WebhookEvent event;
        private final transient Result result;

        NotAccepted(WebhookEvent event, Result result) {
            super(reason(result), null, false, false);
            this.event = event;
            this.result = result;
        }
    }

    private void attempt(Webhook webhook, WebhookEvent event) throws NotAccepted {
        long start = System.nanoTime();
        Result result = sender.send(webhook, event, clock.instant());
        observer.attempted(event.type(), result, System.nanoTime() - start);
        if (!(result instanceof Result.Accepted)) {
            throw new NotAccepted(event, result);
        }
    }

    static String reason(Result result) {
        return switch (result) {
            case Result.Accepted(int status) -> "status " + status;
            case Result.Rejected(int status, Optional<Duration> _) -> "the receiver answered with status " + status;
            case Result.Unanswered(String reason) -> reason;
        };
    }

    private Outcome failed(Webhook webhook, Progress progress, NotAccepted failure, boolean accepted) {
        Instant now = clock.instant();
        var record = new DeliveryFailure(now, failure.event.id(), reason(failure.result));
        LOG.debug("Webhook {}: event {} was not accepted: {}", webhook.id(), record.eventId(), record.reason());
        if (!store.recordFailure(holder, webhook.id(), record)) {
            return new Outcome.NotOurs();
        }
        // A webhook that was enabled again begins a new time.
        Predicate<Instant> thisTime = since -> !since.isBefore(webhook.state().since());
        Instant since = progress.cursor().failingSince().filter(thisTime).orElse(now);
        if (failure.result instanceof Result.Rejected(int status, Optional<Duration> _) && status == GONE) {
            return disable(webhook, "The receiver answered with status 410 Gone.");
        }
        if (!now.isBefore(since.plus(settings.giveUpAfter()))) {
            return disable(webhook, "Event " + record.eventId() + " could not be delivered for "
                    + settings.giveUpAfter() + "; the last reason: " + record.reason());
        }
        Optional<Instant> stored = progress.cursor().failingSince();
        if (!stored.equals(Optional.of(since)) && !store.advance(holder, webhook.id(), progress.conversation(),
                progress.cursor().failing(since))) {
            return new Outcome.NotOurs();
        }
        return new Outcome.Failed(accepted, retryAfter(failure.result));
    }

    private static Optional<Duration> retryAfter(Result result) {
        return result instanceof Result.Rejected(int _, Optional<Duration> asked)
                ? asked.map(each -> each.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : each)
                : Optional.empty();
    }

    private Outcome disable(Webhook webhook, String reason) {
        store.change(webhook.owner(), webhook.id(), present -> present.url().equals(webhook.url())
                ? present.disabled(clock.instant(), reason)
                : present);
        LOG.warn("Webhook {} of owner {} is disabled: {} Its events are sent once it is enabled again.", webhook.id(),
                webhook.owner(), reason);
        observer.disabled();
        return new Outcome.NotOurs();
    }
}
