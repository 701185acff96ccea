package dev.confab.bootstrap.archive;

import dev.confab.adapter.web.archive.ImportReportJson;
import dev.confab.application.Archives;
import dev.confab.bootstrap.command.CommandContext;
import dev.confab.bootstrap.command.JarCommand;
import dev.confab.bootstrap.failure.InputOutput;
import dev.confab.bootstrap.remote.RunningServer;
import dev.confab.bootstrap.remote.ServerOptions;
import dev.confab.bootstrap.terminal.ProgressLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import}: takes an archive over into a store. */
@Command(mixinStandardHelpOptions = true, name = "import", description = {
        "Imports every conversation of an archive that is not in the store yet. Stored conversations are never changed.",
        "An import that was interrupted is continued by running it again.",
        "Exit status: 0 when all conversations are in the store, equal to the archive; otherwise 65."}, footer = {"",
                "On files, stop the server first or use --server. On PostgreSQL, servers may run.",
                "A token for a server needs the scope admin."})
final class ImportCommand implements JarCommand, Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "FILE", description = "an archive, or - for the standard input")
    private String file = "";

    @Mixin
    private final ServerOptions remote = new ServerOptions();

    @Option(names = "--json", description = "prints the report as JSON")
    private boolean json;

    ImportCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return InputOutput.during("import " + file, () -> remote.orElse(this::intoServer,
                () -> ArchiveApplication.with(context, this::intoStore)));
    }

    private int intoStore(Archives archives) {
        try (InputStream in = Streams.open(file);
                var progress = ProgressLine.of("import", ProgressLine.UNKNOWN)) {
            return report(ImportReportJson.from(archives.importAll(Streams.source(in), progress)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int intoServer(RunningServer running) {
        try (InputStream in = Streams.open(file)) {
            return report(Report.JSON.readValue(running.importAll(in), ImportReportJson.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int report(ImportReportJson done) {
        return new Report(context.out(), json).of(done);
    }
}
