package dev.confab.bootstrap.endtoend;

import dev.confab.bootstrap.ConfabApplication;
import dev.confab.bootstrap.command.CommandTree;
import dev.confab.testsupport.postgres.Database;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;

/** Runs commands of the jar in this process, each with the same settings. */
record Cli(List<String> settings) {

    /** What a command printed, and its exit status. */
    record Result(int status, String out, String err) {
    }

    static Cli with(String... settings) {
        return new Cli(List.of(settings));
    }

    /** On this database. */
    static Cli on(Database database, String... more) {
        return new Cli(Stream.concat(Stream.of("--confab.persistence=jpa"),
                RunningConfab.settings(database, more).stream()).toList());
    }

    Result run(String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = new CommandTree(ConfabApplication.class, new PrintWriter(out, true), new PrintWriter(err, true))
                .run(Stream.concat(Stream.of(words), settings.stream()).toArray(String[]::new));
        return new Result(status, out.toString(), err.toString());
    }
}
