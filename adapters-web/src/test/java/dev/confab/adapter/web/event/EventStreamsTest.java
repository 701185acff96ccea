package dev.confab.adapter.web.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.web.settings.WebSettings;
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
    /** The heartbeat never reads in time: only a signal can. */
    private final EventStreams streams = new EventStreams(new WebSettings("1.2.3", "none", Duration.ofSeconds(1),
            new SecretKeySpec("key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"), 1, 1, Set.of(),
            Duration.ofDays(1)));

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void a_change_while_events_are_read_leads_to_another_read() throws IOException {
        var stream = new SignallingStream();
        streams.start();

        streams.serve(stream, HttpMethod.GET, new MockHttpServletResponse());

        assertThat(stream.reads).isEqualTo(3);
        assertThat(streams.openStreams()).isZero();
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
