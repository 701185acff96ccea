package dev.confab.adapter.web.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class AuditLogTest {
    @Test
    void log_ins_that_fail_in_large_numbers_have_few_lines(CapturedOutput output) {
        var audit = new AuditLog();

        for (int i = 0; i < 1_000; i++) {
            audit.logInFailed("wrong\nForged line", Optional.of("k"), "192.0.2.1");
        }

        var lines = output.getAll().lines().filter(line -> line.contains("Log-in failed")).toList();
        // More than one period may have passed on a slow machine.
        assertThat(lines).hasSizeBetween(AuditLog.FAILURES_PER_PERIOD, 10 * AuditLog.FAILURES_PER_PERIOD);
        assertThat(lines.getFirst()).contains("wrong?Forged line", "key=k", "from=192.0.2.1");
    }
}
