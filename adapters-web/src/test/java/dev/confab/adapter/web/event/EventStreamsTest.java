package dev.confab.adapter.web.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.settings.ConnectionLimits;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;

class EventStreamsTest {
    private static final OwnerId ANN = new OwnerId("ann");
    private static final OwnerId BOB = new OwnerId("bob");

    /** The heartbeat never reads in time: only a signal can. */
    private final EventStreams streams = new EventStreams(new WebSettings("1.2.3", "none", Duration.ofSeconds(1),
            new SecretKeySpec("key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"), 1, 1, Set.of(), Duration.ofDays(1),
            new ConnectionLimits(4, 3, 2), 0));

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
            serveWithin(ANN, () -> refuses(ANN));
            serveWithin(BOB, () -> serveWithin(BOB, () -> refuses(new OwnerId("eve"))));
            serveWithin(ANN, () -> streams.serve(BOB, innermost, HttpMethod.GET, new MockHttpServletResponse()));
        });

        assertThat(innermost.reads).isEqualTo(3);
        assertThat(streams.refusedStreams()).isEqualTo(2);
        assertThat(streams.openStreams()).isZero();
    }

    private void refuses(OwnerId owner) {
        var response = new MockHttpServletResponse();
        assertThatThrownBy(() -> streams.serve(owner, new SignallingStream(), HttpMethod.GET, response))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> {
                    assertThat(refusal.code().code()).isEqualTo("too-many-streams");
                    assertThat(refusal.getHeaders().getFirst("Retry-After")).isEqualTo("1");
                });
        assertThat(response.getContentType()).isNull();
    }

    /** Opens a stream, runs the action while it is open, and ends it. */
    private void serveWithin(OwnerId owner, Action action) throws IOException {
        streams.serve(owner, new EventStreams.Stream() {
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
