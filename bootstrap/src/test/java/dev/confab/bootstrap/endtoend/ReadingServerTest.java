package dev.confab.bootstrap.endtoend;

import static dev.confab.domain.access.Scope.ON_BEHALF;
import static dev.confab.domain.access.Scope.READ;
import static dev.confab.domain.access.Scope.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.ConfabApplication;
import dev.confab.bootstrap.command.CommandTree;
import dev.confab.bootstrap.endtoend.Cli.Result;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reading commands on a running server, which others write to. */
class ReadingServerTest extends ReadingContract {

    @Override
    RunningConfab start(Path directory, String... settings) {
        return RunningConfab.start(directory.resolve("data"), settings);
    }

    @Override
    Cli commands(RunningConfab filled, Path directory, String tokenFile) {
        return Cli.with("--server=" + filled.address(), tokenFile);
    }

    @Test
    void without_an_owner_it_is_the_owner_of_the_token() throws Exception {
        assertThat(server(tokenOf(READ)).run("show", longOne(), "--last=1").out())
                .contains("    message " + ReadingData.LONG);
    }

    @Test
    void a_token_needs_the_scopes_that_the_error_names() throws Exception {
        Result unread = server(tokenOf(WRITE)).run("list");
        assertThat(unread.status()).isEqualTo(78);
        assertThat(unread.err()).contains("answered 403 insufficient-scope", "with the scope read.");
        Result alone = server(tokenOf(READ)).run("list", "--owner=ben");
        assertThat(alone.status()).isEqualTo(78);
        assertThat(alone.err()).contains("with the scopes read and on-behalf.");
        assertThat(server(tokenOf(READ, ON_BEHALF)).run("list", "--owner=ben").status()).isZero();
        assertThat(cli().run("list", "--owner=bén").status()).isEqualTo(64);
    }

    @Test
    void an_address_that_is_none_or_does_not_answer_is_said() {
        for (String wrong : List.of("localhost:8080", "ftp://localhost", "here")) {
            Result result = Cli.with().run("list", "--server=" + wrong);
            assertThat(result.status()).as(wrong).isEqualTo(64);
            assertThat(result.err()).contains("http://").doesNotContain("\tat ");
        }
        assertThat(Cli.with().run("list", "--server=http://127.0.0.1:1").status()).isEqualTo(69);
    }

    @Test
    void a_conversation_that_is_changed_while_it_is_printed_is_reported() throws Exception {
        String id = bensConversation();
        var err = new StringWriter();

        int appended = run(new Hooked("\"position\":5,", () -> api().api("POST", "/conversations/" + id + "/messages",
                "{\"role\":\"user\",\"text\":\"later\"}", "ben")), err, "show", id, "--json", "--owner=ben");
        assertThat(appended).as(err.toString()).isZero();
        String message = ReadingData.json(
                api().api("GET", "/conversations/" + id + "/messages?after=1499&limit=1", "", "ben"))
                .at("/items/0/id").stringValue();
        int edited = run(
                new Hooked("\"position\":5,", () -> api().api("PATCH", "/conversations/" + id + "/messages/" + message,
                        "{\"text\":\"other\"}", "ben")),
                err, "show", id, "--json", "--owner=ben");
        assertThat(edited).isEqualTo(75);
        int truncated = run(
                new Hooked("\"position\":5,", () -> api().api("POST", "/conversations/" + id + "/clear", "{}", "ben")),
                err,
                "show", id, "--json", "--owner=ben");

        assertThat(truncated).isEqualTo(75);
        assertThat(err.toString()).contains("was changed while it was printed");
    }

    @Test
    void a_command_whose_reader_has_left_stops_reading() {
        var err = new StringWriter();
        var closed = new Hooked("\"position\":5,", () -> {
            throw new IOException("Broken pipe");
        });

        int status = run(closed, err, "show", longOne(), "--json");

        assertThat(status).isZero();
        assertThat(err.toString()).isEmpty();
        // Two writes for each line of the first page, and none for the pages after it.
        assertThat(closed.writes).isLessThan(3_000);
    }

    /** With more than one page of messages. */
    private String bensConversation() throws Exception {
        String made = api().api("POST", "/conversations", "{}", "ben");
        String id = made.replaceFirst(".*\"id\":\"([^\"]*)\".*", "$1");
        api().append("ben", id, 1, 1_000);
        api().append("ben", id, 1_001, 2_000);
        return id;
    }

    private Cli server(String tokenFile) {
        return Cli.with("--server=" + confab().address(), tokenFile);
    }

    private int run(Writer out, StringWriter err, String... words) {
        return new CommandTree(ConfabApplication.class, new PrintWriter(out, true), new PrintWriter(err, true))
                .run(Stream.concat(Stream.of(words), cli().settings().stream()).toArray(String[]::new));
    }

    private interface Action {
        void run() throws Exception;
    }

    /** Does something when a text is written for the first time; what that throws is the failure of this and every later write. */
    private static final class Hooked extends Writer {
        private final String text;
        private final Action action;
        private boolean done;
        private IOException failure;
        private int writes;

        Hooked(String text, Action action) {
            this.text = text;
            this.action = action;
        }

        @Override
        public void write(char[] chars, int offset, int length) throws IOException {
            writes++;
            if (failure != null) {
                throw failure;
            }
            if (!done && new String(chars, offset, length).contains(text)) {
                done = true;
                try {
                    action.run();
                } catch (IOException e) {
                    failure = e;
                    throw e;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
