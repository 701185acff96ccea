package dev.confab.adapter.web.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.request.Caller;
import dev.confab.adapter.web.request.Caller.Credential;
import dev.confab.adapter.web.settings.ConnectionLimits;
import dev.confab.adapter.web.settings.HostSettings;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.domain.access.Limits;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.port.ChangeFeed.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;

class EventStreamsTest {
    private static final Caller ANN = caller("ann");
    private static final Caller BOB = caller("bob");

    private static Caller caller(String name) {
        return new Caller(name, new OwnerId(name), () -> true);
    }

    private static Limits streamsOfOwner(int limit) {
        return new Limits(Optional.empty(), Optional.of(limit), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The heartbeat never reads in time: only a signal can. */
    private final EventStreams streams = new EventStreams(new WebSettings("1.2.3", "none", Duration.ofSeconds(1),
            new SecretKeySpec("key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"), 1, 1, Set.of(), Duration.ofDays(1),
            new ConnectionLimits(4, 3), 0, HostSettings.local(), streamsOfOwner(2)));

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void a_change_while_events_are_read_leads_to_another_read() throws IOException {
        var stream = new SignallingStream();
        streams.start();

        streams.serve(ANN, stream, HttpMethod.GET, new MockHttpServletResponse());

        assertThat(stream.reads).isEqualTo(3);
        assertThat(streams.openStreams()).isZero();
    }

    @Test
    void at_a_limit_a_stream_is_refused_before_it_begins_and_one_that_ends_gives_its_place_back() throws IOException {
        streams.start();
        var innermost = new SignallingStream();

        serveWithin(ANN, () -> {
            serveWithin(ANN, () -> refuses(ANN, "streams-limited"));
            serveWithin(BOB, () -> serveWithin(BOB, () -> refuses(caller("eve"), "too-many-streams")));
            serveWithin(ANN, () -> streams.serve(BOB, innermost, HttpMethod.GET, new MockHttpServletResponse()));
        });

        assertThat(innermost.reads).isEqualTo(3);
        assertThat(streams.refusedStreams()).isEqualTo(2);
        assertThat(streams.openStreams()).isZero();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void the_streams_of_a_credential_that_is_no_longer_valid_end_and_each_credential_is_asked_once() throws Exception {
        streams.start();
        var asked = new AtomicInteger();
        Credential key = () -> {
            asked.incrementAndGet();
            return false;
        };
        var revoked = new Caller("key 1", new OwnerId("ann"), key);
        // Whatever is still open ends first: otherwise a test that fails would wait for it.
        try (var threads = Executors.newVirtualThreadPerTaskExecutor(); Subscription _ = streams::stop) {
            Future<?> first = open(revoked, new WaitingStream(), threads);
            Future<?> second = open(revoked, new WaitingStream(), threads);
            var other = new WaitingStream();
            Future<?> going = open(BOB, other, threads);

            streams.endUnauthorized();

            first.get();
            second.get();
            assertThat(asked).hasValue(1);
            other.expectRead();
            assertThat(going.isDone()).isFalse();
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void a_credential_that_cannot_be_checked_keeps_its_streams_until_a_check_succeeds() throws Exception {
        streams.start();
        var failing = new AtomicBoolean(true);
        var caller = new Caller("key 1", new OwnerId("ann"), () -> {
            if (failing.get()) {
                throw new StorageUnavailable("away");
            }
            return false;
        });
        // Whatever is still open ends first: otherwise a test that fails would wait for it.
        try (var threads = Executors.newVirtualThreadPerTaskExecutor(); Subscription _ = streams::stop) {
            var stream = new WaitingStream();
            Future<?> open = open(caller, stream, threads);

            streams.endUnauthorized();
            stream.expectRead();

            failing.set(false);
            streams.endUnauthorized();
            open.get();
        }
    }

    /** Serves the stream in a thread of its own, and returns once it is open. */
    private Future<?> open(Caller caller, WaitingStream stream, ExecutorService threads) throws InterruptedException {
        Future<?> served = threads.submit(() -> {
            streams.serve(caller, stream, HttpMethod.GET, new MockHttpServletResponse());
            return null;
        });
        stream.reads.acquire();
        return served;
    }

    /** A stream without news. It reads once when it is open, and then after each signal, unless it was ended before. */
    private static final class WaitingStream implements EventStreams.Stream {
        private final Semaphore reads = new Semaphore(0);
        private volatile Runnable wake = () -> {
        };

        /** Fails by the time-out of the test if the stream has ended. */
        void expectRead() throws InterruptedException {
            wake.run();
            reads.acquire();
        }

        @Override
        public Subscription watch(Runnable signal) {
            wake = signal;
            return () -> {
            };
        }

        @Override
        public boolean begin() {
            return true;
        }

        @Override
        public boolean writeNews(EventWriter writer) {
            reads.release();
            return true;
        }
    }

    @Test
    void the_limit_of_the_key_is_in_force_for_its_requests_and_all_streams_of_the_owner_count() throws IOException {
        streams.start();
        var lower = new Caller("key 1", ANN.owner(), () -> true, streamsOfOwner(1));
        var higher = new Caller("key 2", ANN.owner(), () -> true, streamsOfOwner(3));

        serveWithin(ANN, () -> {
            refuses(lower, "streams-limited");
            serveWithin(ANN, () -> {
                refuses(ANN, "streams-limited");
                serveWithin(higher, () -> refuses(higher, "streams-limited"));
            });
        });
        serveWithin(lower, () -> serveWithin(BOB, () -> refuses(lower, "streams-limited")));

        assertThat(streams.openStreams()).isZero();
    }

    private void refuses(Caller caller, String code) {
        var response = new MockHttpServletResponse();
        assertThatThrownBy(() -> streams.serve(caller, new SignallingStream(), HttpMethod.GET, response))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> {
                    assertThat(refusal.code().code()).isEqualTo(code);
                    assertThat(refusal.getHeaders().getFirst("Retry-After")).isEqualTo("1");
                });
        assertThat(response.getContentType()).isNull();
    }

    /** Opens a stream, runs the action while it is open, and ends it. */
    private void serveWithin(Caller caller, Action action) throws IOException {
        streams.serve(caller, new EventStreams.Stream() {
            @Override
            public Subscription watch(Runnable wake) {
                return () -> {
                };
            }

            @Override
            public boolean begin() {
                return true;
            }

            @Override
            public boolean writeNews(EventWriter writer) throws IOException {
                action.run();
                return false;
            }
        }, HttpMethod.GET, new MockHttpServletResponse());
    }

    private interface Action {
        void run() throws IOException;
    }

    /** Signals twice in each read, and ends with the third. */
    private static final class SignallingStream implements EventStreams.Stream {
        private Runnable wake = () -> {
        };
        private int reads;

        @Override
        public Subscription watch(Runnable signal) {
            wake = signal;
            return () -> {
            };
        }

        @Override
        public boolean begin() {
            return true;
        }

        @Override
        public boolean writeNews(EventWriter writer) {
            wake.run();
            wake.run();
            reads++;
            return reads < 3;
        }
    }
}
