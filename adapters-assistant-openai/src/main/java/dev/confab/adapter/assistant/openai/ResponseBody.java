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
 * A response body that one thread reads part by part, with a time limit for each part. The JDK's body streams know no such limit, and they
 * drop bytes that arrived before a connection broke.
 *
 * <p>The HTTP client's threads only add to the queue, and the reader asks for one part at a time, so the queue holds at most one part and
 * the end.
 */
final class ResponseBody implements BodySubscriber<ResponseBody>, AutoCloseable {
    /** The client never delivers an empty part. */
    private static final List<ByteBuffer> END = List.of();

    private final BlockingQueue<List<ByteBuffer>> parts = new LinkedBlockingQueue<>();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();

    /** Returns the next part, an empty list at the end or once the connection broke, or nothing if no part arrives within the limit. */
    Optional<List<ByteBuffer>> next(Duration limit) throws InterruptedException {
        Optional<List<ByteBuffer>> part = Optional.ofNullable(parts.poll(limit.toNanos(), TimeUnit.NANOSECONDS));
        if (part.filter(bytes -> !bytes.isEmpty()).isPresent()) {
            subscription.join().request(1);
        }
        return part;
    }

    /** Closes the connection unless the whole body has arrived. */
    @Override
    public void close() {
        subscription.join().cancel();
    }

    @Override
    public void onSubscribe(Subscription given) {
        // The order matters: the response with this body is handed out before the first byte or error can arrive.
        subscription.complete(given);
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        parts.add(bytes);
    }

    @Override
    public void onError(Throwable problem) {
        subscription.completeExceptionally(problem);
        parts.add(END);
    }

    @Override
    public void onComplete() {
        parts.add(END);
    }

    /** Completes as soon as the body can be read: the response does not wait for the whole body. */
    @Override
    public CompletionStage<ResponseBody> getBody() {
        return subscription.thenApply(_ -> this);
    }
}
