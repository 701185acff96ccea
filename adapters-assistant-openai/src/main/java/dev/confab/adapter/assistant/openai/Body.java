package dev.confab.adapter.assistant.openai;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A response's body, taken part by part by one thread that waits for each as long as it likes; the client's own stream would wait for
 * ever. The client's threads put parts into the queue, one at a time because only one is ever asked for, so it holds at most one part and
 * the end.
 */
final class Body implements BodySubscriber<Body>, AutoCloseable {
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private Optional<Subscription> subscription = Optional.empty();
    private boolean closed;

    /** What comes of a body. */
    sealed interface Part {
        record Bytes(List<ByteBuffer> buffers) implements Part {
        }

        record End() implements Part {
        }

        /** The connection broke. */
        record Broken() implements Part {
        }
    }

    /** The next part; empty when none came in time. */
    Optional<Part> next(Duration patience) throws InterruptedException {
        Optional<Part> part = Optional.ofNullable(parts.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
        if (part.filter(Part.Bytes.class::isInstance).isPresent()) {
            subscribed().ifPresent(s -> s.request(1));
        }
        return part;
    }

    /** Before its end, this closes the connection. */
    @Override
    public void close() {
        Optional<Subscription> open;
        synchronized (this) {
            closed = true;
            open = subscription;
        }
        open.ifPresent(Subscription::cancel);
    }

    @Override
    public void onSubscribe(Subscription given) {
        boolean late;
        synchronized (this) {
            late = closed;
            subscription = Optional.of(given);
        }
        if (late) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        parts.add(new Part.Bytes(buffers));
    }

    @Override
    public void onError(Throwable problem) {
        parts.add(new Part.Broken());
    }

    @Override
    public void onComplete() {
        parts.add(new Part.End());
    }

    /** At once: the head of the response does not wait for its body. */
    @Override
    public CompletionStage<Body> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    private synchronized Optional<Subscription> subscribed() {
        return subscription;
    }
}
