package dev.confab.adapter.web.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.web.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MinimumRateTest {
    private static final long BYTES_PER_SECOND = 100;
    private long now;

    @Test
    void a_body_that_arrives_too_slowly_is_rejected_after_the_grace() throws IOException {
        var body = new MinimumRate(arriving(99, Duration.ofSeconds(1)), BYTES_PER_SECOND, () -> now);

        for (int second = 0; second < MinimumRate.GRACE.toSeconds(); second++) {
            assertThat(body.read(new byte[500])).isEqualTo(99);
        }
        assertThatThrownBy(() -> body.read(new byte[500])).isInstanceOfSatisfying(ProblemException.class,
                refusal -> assertThat(refusal.code().code()).isEqualTo("request-timeout"));
    }

    @Test
    void single_bytes_count_as_well() throws IOException {
        var body = new MinimumRate(arriving(1, Duration.ofSeconds(10)), BYTES_PER_SECOND, () -> now);

        assertThat(body.read()).isEqualTo('x');
        assertThat(body.read()).isEqualTo('x');
        assertThatThrownBy(body::read).isInstanceOf(ProblemException.class);
    }

    @Test
    void a_body_at_the_minimum_rate_is_read_however_long_it_takes() throws IOException {
        var body = new MinimumRate(arriving(100, Duration.ofSeconds(1)), BYTES_PER_SECOND, () -> now);

        for (int second = 0; second < 1_000; second++) {
            assertThat(body.read(new byte[500])).isEqualTo(100);
        }
    }

    @Test
    void time_between_reads_is_the_servers_own() throws IOException {
        var body = new MinimumRate(arriving(1, Duration.ofMillis(1)), BYTES_PER_SECOND, () -> now);

        for (int read = 0; read < 100; read++) {
            now += Duration.ofMinutes(1).toNanos();
            assertThat(body.read(new byte[500])).isEqualTo(1);
        }
    }

    /** Each read takes a while and returns so many bytes. */
    private InputStream arriving(int bytes, Duration each) {
        return new InputStream() {
            @Override
            public int read() {
                now += each.toNanos();
                return 'x';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                now += each.toNanos();
                return bytes;
            }
        };
    }
}
