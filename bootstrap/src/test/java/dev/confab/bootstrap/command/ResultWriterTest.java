package dev.confab.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a command does when its results cannot be written. */
class ResultWriterTest {
    private final StringWriter err = new StringWriter();

    @Test
    void results_that_are_lost_are_an_error() {
        assertThat(run(failing("No space left on device"))).isEqualTo(74);
        assertThat(err.toString())
                .isEqualTo("The results could not be written: No space left on device." + System.lineSeparator());
    }

    @Test
    void a_reader_that_has_read_enough_is_none() {
        assertThat(run(failing("Broken pipe"))).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void results_are_written_before_the_command_ends() {
        var out = new ByteArrayOutputStream();

        assertThat(run(out)).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage: ").endsWith("\n");
    }

    private int run(OutputStream out) {
        return new CommandTree(Object.class, new ResultWriter(out, StandardCharsets.UTF_8), new PrintWriter(err, true))
                .run("--help");
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(reason);
            }
        };
    }
}
