package dev.confab.adapter.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.web.settings.ConnectionLimits;
import dev.confab.adapter.web.settings.HostSettings;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.port.TransactionTooLarge;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** How many lines of the log the refusals of a busy or broken server are. */
@ExtendWith(OutputCaptureExtension.class)
class ProblemAdviceTest {
    private final ProblemAdvice advice = new ProblemAdvice(new WebSettings("1.2.3", "none", Duration.ofSeconds(1),
            new SecretKeySpec(new byte[]{1}, "HmacSHA256"), 1, 1, Set.of(), Duration.ofDays(1),
            new ConnectionLimits(4, 3), 0, HostSettings.local()));

    @Test
    void many_refusals_that_may_be_repeated_are_one_line_for_each_kind(CapturedOutput output) throws IOException {
        for (int i = 0; i < 20; i++) {
            refuse(new StorageUnavailable("No space left on device"));
            refuse(ProblemException.later(ProblemCode.TOO_MANY_STREAMS, "4 streams are open", true,
                    Duration.ofSeconds(1)));
        }

        assertThat(output.getAll().lines().filter(line -> line.contains("refused with"))).satisfiesExactly(
                line -> assertThat(line).contains("WARN", "POST /api/v1/conversations", "storage-unavailable",
                        "No space left on device"),
                line -> assertThat(line).contains("WARN", "POST /api/v1/conversations", "too-many-streams",
                        "4 streams are open"));
        assertThat(output).doesNotContain("\tat ");
    }

    /** Somebody must find out what became of each of these. */
    @Test
    void each_unknown_outcome_is_a_line(CapturedOutput output) throws IOException {
        for (int i = 0; i < 20; i++) {
            refuse(new CommitOutcomeUnknown("the disk failed"));
        }

        assertThat(output.getAll().lines().filter(line -> line.contains("failed with outcome-unknown"))).hasSize(20);
    }

    @Test
    void a_damaged_conversation_is_a_line_without_a_stack_trace(CapturedOutput output) throws IOException {
        var id = new ConversationId(UUID.randomUUID());

        refuse(new ConversationDamaged(id));

        assertThat(output.getAll().lines()).singleElement().asString().contains("ERROR",
                "POST /api/v1/conversations failed with conversation-damaged", id.toString());
    }

    /** It is the caller's to mend, and the answer says how. */
    @Test
    void a_change_that_is_too_large_is_not_logged(CapturedOutput output) throws IOException {
        refuse(new TransactionTooLarge("more than 16 MiB"));

        assertThat(output.getAll()).isEmpty();
    }

    private void refuse(RuntimeException thrown) throws IOException {
        advice.write(thrown, new MockHttpServletRequest("POST", "/api/v1/conversations"),
                new MockHttpServletResponse());
    }
}
