package dev.confab.bootstrap.archive;

import dev.confab.application.Archives.Exported;
import dev.confab.application.Archives.Selection;
import dev.confab.application.Archives;
import dev.confab.application.archive.ArchiveCheck;
import dev.confab.bootstrap.command.CommandContext;
import dev.confab.bootstrap.command.JarCommand;
import dev.confab.bootstrap.failure.CannotStart;
import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.bootstrap.failure.InputOutput;
import dev.confab.bootstrap.remote.RunningServer;
import dev.confab.bootstrap.remote.ServerOptions;
import dev.confab.bootstrap.store.archive.ArchiveFormatWiring;
import dev.confab.bootstrap.terminal.ProgressLine;
import dev.confab.domain.archive.ArchiveFormat;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export}: everything that a store holds, or everything of one owner, as an archive. */
@Command(mixinStandardHelpOptions = true, name = "export", description = {
        "Writes all conversations, with sessions and turns and those in the bin, to an archive.",
        "API keys are not exported. Exit status: 0 when everything is in the archive, 65 when something is missing."}, footer = {
                "",
                "On files, stop the server first or use --server. On PostgreSQL, servers may run.",
                "A token for a server needs the scope admin."})
final class ExportCommand implements JarCommand, Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "FILE", description = "a new file, or - for the standard output")
    private String file = "";

    @Option(names = "--owner", paramLabel = "OWNER", description = "only the conversations of this owner")
    private Optional<OwnerId> owner = Optional.empty();

    @Option(names = "--after", paramLabel = "ID", description = "only conversations with a higher id than this one")
    private Optional<ConversationId> after = Optional.empty();

    @Option(names = "--resume", description = "continues FILE, whose export was interrupted")
    private boolean resume;

    @Mixin
    private final ServerOptions remote = new ServerOptions();

    @Option(names = "--json", description = "prints the report as JSON")
    private boolean json;

    ExportCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (resume && (Streams.isStandard(file) || after.isPresent() || remote.server().isPresent())) {
            throw new CannotStart(
                    "--resume continues a file from the store itself; it cannot be used with -, --after or"
                            + " --server.",
                    "", ExitStatus.USAGE, new IllegalArgumentException("--resume"));
        }
        return InputOutput.during("export to " + file, () -> remote.orElse(this::fromServer,
                () -> ArchiveApplication.with(context, this::fromStore)));
    }

    private int fromStore(Archives archives) {
        return report(resume ? resumed(archives) : written(archives));
    }

    private Exported written(Archives archives) {
        var selection = new Selection(owner, after);
        long total = ProgressLine.isTerminal() ? archives.count(selection) : ProgressLine.UNKNOWN;
        try (OutputStream out = target(); var progress = ProgressLine.of("export", total)) {
            return archives.export(selection, Streams.sink(out), progress);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OutputStream target() throws IOException {
        return Streams.isStandard(file) ? Streams.standardOutput() : Streams.create(Path.of(file));
    }

    /**
     * Copies the complete part of the file, and goes on. The file keeps another name until all of it is copied: whenever this is
     * interrupted, one of the two has everything that was exported.
     */
    private Exported resumed(Archives archives) {
        Path path = Path.of(file);
        Path cut = path.resolveSibling(path.getFileName() + ".cut");
        long total = ProgressLine.isTerminal()
                ? archives.count(new Selection(owner, Optional.empty()))
                : ProgressLine.UNKNOWN;
        try {
            if (!Files.exists(cut)) {
                Files.move(path, cut);
            } else {
                Files.deleteIfExists(path);
            }
            try (InputStream in = Files.newInputStream(cut);
                    PrivateFile out = Streams.create(path);
                    var progress = ProgressLine.of("export", total)) {
                return archives.resume(owner, Streams.source(in), Streams.sink(out), () -> forget(cut, out), progress);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void forget(Path cut, PrivateFile copied) {
        try {
            copied.force();
            Files.delete(cut);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int fromServer(RunningServer running) {
        var read = new AtomicReference<Exported>();
        context.withBeans(ArchiveFormatWiring.class, beans -> {
            var check = new ArchiveCheck(beans.getBean(ArchiveFormat.class));
            try (InputStream in = running.export(owner, after);
                    OutputStream out = target();
                    var progress = ProgressLine.of("export", ProgressLine.UNKNOWN)) {
                read.set(check.read(Streams.tee(in, out), progress));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return report(read.get());
    }

    private int report(Exported written) {
        var out = Streams.isStandard(file) ? context.err() : context.out();
        return new Report(out, json).of(ExportView.of(written), file);
    }
}
