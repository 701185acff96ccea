package dev.confab.adapter.assistant.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;

class ResponseBodyTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final List<ByteBuffer> PART = List.of(ByteBuffer.wrap(new byte[]{1}));

    private final ResponseBody body = new ResponseBody();

    @Test
    void the_body_is_handed_out_before_its_connection_can_break() throws Exception {
        body.onSubscribe(onRequest(() -> body.onError(new IOException("reset"))));

        assertThat(body.getBody().toCompletableFuture()).isCompletedWithValue(body);
        assertThat(body.next(LONG)).hasValue(List.of());
    }

    @Test
    void bytes_that_arrived_before_the_connection_broke_are_delivered() throws Exception {
        body.onSubscribe(onRequest(() -> {
        }));
        body.onNext(PART);
        body.onError(new IOException("reset"));

        assertThat(body.next(LONG)).hasValue(PART);
        assertThat(body.next(LONG)).hasValue(List.of());
    }

    @Test
    void a_connection_that_breaks_before_the_body_fails_the_response() {
        body.onError(new IOException("reset"));

        assertThat(body.getBody().toCompletableFuture()).isCompletedExceptionally();
    }

    private static Subscription onRequest(Runnable action) {
        return new Subscription() {
            @Override
            public void request(long parts) {
                action.run();
            }

            @Override
            public void cancel() {
                throw new AssertionError("not expected");
            }
        };
    }
}
