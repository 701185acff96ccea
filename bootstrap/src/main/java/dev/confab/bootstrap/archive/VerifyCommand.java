package dev.confab.bootstrap.archive;

import dev.confab.application.Archives.Side;
import dev.confab.application.Archives;
import dev.confab.application.archive.ArchiveCheck;
import dev.confab.bootstrap.command.CommandContext;
import dev.confab.bootstrap.command.JarCommand;
import dev.confab.bootstrap.failure.CannotStart;
import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.bootstrap.failure.InputOutput;
import dev.confab.bootstrap.remote.RunningServer;
import dev.confab.bootstrap.store.archive.ArchiveFormatWiring;
import dev.confab.bootstrap.terminal.ProgressLine;
import dev.confab.domain.archive.ArchiveFormat;
import dev.confab.domain.conversation.OwnerId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verify}: compares two archives, stores or servers, conversation by conversation. */
@Command(mixinStandardHelpOptions = true, name = "verify", description = {
        "Compares two sides conversation by conversation, every version, time and text.",
        "Each side is the file of an archive, the word store for the store of the settings, or the URL of a running server.",
        "Exit status: 0 when both are equal; otherwise 65."})
final class VerifyCommand implements JarCommand, Callable<Integer> {
    private static final String STORE = "store";

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "the original: a file, store, or http://…")
    private String source = "";

    @Parameters(index = "1", paramLabel = "TARGET", description = "where it was moved to: a file, store, or http://…")
    private String target = "";

    @Option(names = "--owner", paramLabel = "OWNER", description = "of a store or a server, only the conversations of this owner")
    private Optional<OwnerId> owner = Optional.empty();

    @Option(names = "--token-file", paramLabel = "FILE", description = "has the token for the servers, with the scope admin; without it, the token is in the environment as CONFAB_TOKEN")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(names = "--json", description = "prints the report as JSON")
    private boolean json;

    VerifyCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (source.equals(STORE) && target.equals(STORE)) {
            throw new CannotStart(
                    "Only one side can be the store of the settings. Export the other one, or name a server.",
                    "", ExitStatus.USAGE, new IllegalArgumentException(STORE));
        }
        return InputOutput.during("compare " + source + " with " + target,
                () -> source.equals(STORE) || target.equals(STORE)
                        ? ArchiveApplication.with(context, this::withStore)
                        : withoutStore());
    }

    private int withStore(Archives archives) {
        try (var archive = archive(source.equals(STORE) ? target : source);
                var progress = ProgressLine.of("verify", ProgressLine.UNKNOWN)) {
            var store = new Side.Stored(owner);
            var other = new Side.Archive(Streams.source(archive.bytes));
            return report(VerifyView.of(source.equals(STORE)
                    ? archives.compare(store, other, progress)
                    : archives.compare(other, store, progress)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int withoutStore() {
        var status = new AtomicInteger();
        context.withBeans(ArchiveFormatWiring.class, beans -> {
            var check = new ArchiveCheck(beans.getBean(ArchiveFormat.class));
            try (var one = archive(source);
                    var other = archive(target);
                    var progress = ProgressLine.of("verify", ProgressLine.UNKNOWN)) {
                status.set(report(VerifyView.of(check.compare(Streams.source(one.bytes), Streams.source(other.bytes),
                        progress))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return status.get();
    }

    private int report(VerifyView compared) {
        return new Report(context.out(), json).of(compared);
    }

    private Archive archive(String place) throws IOException {
        return place.matches("https?://.*")
                ? new Archive(Optional.of(RunningServer.at(URI.create(place), tokenFile)), place, owner)
                : new Archive(Optional.empty(), place, owner);
    }

    /** An archive in a file, or from a server. */
    private static final class Archive implements AutoCloseable {
        private final Optional<RunningServer> server;
        private final InputStream bytes;

        Archive(Optional<RunningServer> server, String place, Optional<OwnerId> owner) throws IOException {
            this.server = server;
            this.bytes = server.isPresent()
                    ? server.get().export(owner, Optional.empty())
                    : Streams.open(place);
        }

        @Override
        public void close() throws IOException {
            bytes.close();
            server.ifPresent(RunningServer::close);
        }
    }
}
