package dev.confab.bootstrap.store.file;

import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.adapter.persistence.file.backup.BackupReport;
import dev.confab.adapter.persistence.file.disk.DirectoryRefused;
import dev.confab.adapter.persistence.file.disk.IoReason;
import dev.confab.adapter.web.archive.BackupJson;
import dev.confab.bootstrap.command.CommandContext;
import dev.confab.bootstrap.command.JarCommand;
import dev.confab.bootstrap.failure.CannotStart;
import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.bootstrap.remote.ServerOptions;
import dev.confab.bootstrap.store.StoreOnly;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code backup}: a copy of the data directory of the file store. */
@Command(mixinStandardHelpOptions = true, name = "backup", description = {
        "Copies the data directory of the file store into a new directory, which can be opened like the original.",
        "A copy that was interrupted is not opened."}, footer = {"",
                "No server may have the data directory open. With --server, the running server makes the backup, below the"
                        + " directory of its setting confab.file.backup-directory. Its token needs the scope admin."})
final class BackupCommand implements JarCommand, Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    private final CommandContext context;

    @Parameters(arity = "0..1", paramLabel = "DIRECTORY", description = "a directory that does not exist or is empty; not with --server")
    private Optional<Path> directory = Optional.empty();

    @Mixin
    private final ServerOptions remote = new ServerOptions();

    BackupCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (directory.isPresent() == remote.server().isPresent()) {
            throw new CannotStart("Name either a directory or --server.", "", ExitStatus.USAGE,
                    new IllegalArgumentException("backup"));
        }
        remote.server().ifPresent(this::atServer);
        directory.ifPresent(this::into);
        return ExitStatus.OK.code();
    }

    private void atServer(URI address) {
        try (var running = remote.at(address)) {
            BackupJson done = JSON.readValue(running.backup(), BackupJson.class);
            print(done.files(), done.bytes(), done.location());
        } catch (IOException e) {
            throw new CannotStart("The backup failed: " + e.getMessage() + ".", "", ExitStatus.IO, e);
        }
    }

    private void into(Path target) {
        context.withBeans(StoreOnly.class, beans -> {
            try {
                BackupReport done = beans.getBean(FileStore.class).backup(target);
                print(done.files(), done.bytes(), target.toAbsolutePath().normalize().toString());
            } catch (NoSuchBeanDefinitionException e) {
                throw new CannotStart("The store of these settings is not on files; it has backups of its own:"
                        + " docs/operations.md.", "", ExitStatus.CONFIG, e);
            } catch (DirectoryRefused e) {
                throw new CannotStart(e, "", ExitStatus.CONFIG);
            } catch (IOException e) {
                throw new CannotStart("The backup failed: " + IoReason.of(e) + ".", "Delete " + target
                        + ", and make the backup again.", ExitStatus.IO, e);
            }
        });
    }

    private void print(long files, long bytes, String location) {
        context.out().println("Copied " + files + " files of " + bytes + " bytes to " + location + ".");
    }
}
