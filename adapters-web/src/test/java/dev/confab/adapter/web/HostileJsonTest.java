package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.confab.adapter.web.conversation.NewMessageJson;
import dev.confab.adapter.web.json.StrictJson;
import dev.confab.adapter.web.problem.ProblemException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body takes little more memory than its own bytes, whatever it contains. */
class HostileJsonTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int BYTES = 4 * 1024 * 1024;

    @ParameterizedTest
    @ValueSource(strings = {"{\"role\":\"user\",\"text\":[", "{\"role\":\"user\",\"text\":\"a\",\"data\":[",
            "{\"role\":\"user\",\"text\":\"a\",\"data\":{\"x\":[", "{\"role\":\"user\",\"text\":\"a\",\"metadata\":[",
            "{\"role\":\"user\",\"text\":\"a\",\"metadata\":{\"x\":[", "{\"unknown\":[", "["})
    void an_array_of_millions_is_not_kept(String start) {
        byte[] body = (start + "0,".repeat((BYTES - start.length()) / 2)).getBytes(StandardCharsets.US_ASCII);

        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> StrictJson.bind(body, NewMessageJson.class)).isInstanceOf(ProblemException.class);

        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(BYTES);
    }
}
