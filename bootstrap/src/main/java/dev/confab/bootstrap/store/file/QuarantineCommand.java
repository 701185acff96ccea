package dev.confab.bootstrap.store.file;

import dev.confab.adapter.persistence.file.disk.DirectoryInUse;
import dev.confab.adapter.persistence.file.disk.DirectoryRefused;
import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.adapter.persistence.file.disk.IoReason;
import dev.confab.adapter.persistence.file.repair.QuarantineDesk;
import dev.confab.adapter.persistence.file.repair.QuarantineEntry;
import dev.confab.bootstrap.command.CommandContext;
import dev.confab.bootstrap.command.JarCommand;
import dev.confab.bootstrap.failure.CannotStart;
import dev.confab.bootstrap.failure.ExitStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code quarantine list}, {@code show}, {@code restore} and {@code drop}, for conversations that the file store has put aside. */
@Command(mixinStandardHelpOptions = true, name = "quarantine", description = "Shows and repairs the files that the store could not read.", footer = {
        "",
        "The data directory is ./data unless --confab.file.directory names another one. Stop the server first."})
final class QuarantineCommand implements JarCommand {
    private final CommandContext context;

    QuarantineCommand(CommandContext context) {
        this.context = context;
    }

    @Command(mixinStandardHelpOptions = true, name = "list", description = "Names everything in quarantine, and whether it can be restored.")
    int list() {
        return run("list the quarantine", (desk, directory) -> {
            List<QuarantineEntry> entries = desk.list();
            if (entries.isEmpty()) {
                print("The quarantine of " + directory + " is empty.");
            }
            for (QuarantineEntry entry : entries) {
                print("%s: %d %s, %d bytes; %s".formatted(entry.id(), entry.files().size(),
                        entry.files().size() == 1 ? "file" : "files", entry.bytes(), entry.finding()));
            }
        });
    }

    @Command(mixinStandardHelpOptions = true, name = "show", description = "Names the files of an entry, and each damaged line in them.")
    int show(@Parameters(paramLabel = "ID", description = "as listed") String id) {
        return run("show " + id, (desk, _) -> desk.show(id).forEach(this::print));
    }

    @Command(mixinStandardHelpOptions = true, name = "restore", description = "Puts a conversation back into place, if all of it can be read.")
    int restore(@Parameters(paramLabel = "ID", description = "as listed") String id) {
        return run("restore " + id, (desk, _) -> {
            desk.restore(id);
            print(id + " is restored. Confab serves it again after its next start, which builds the search index anew.");
        });
    }

    @Command(mixinStandardHelpOptions = true, name = "drop", description = "Deletes the files of an entry for good.")
    int drop(@Parameters(paramLabel = "ID", description = "as listed") String id) {
        return run("drop " + id, (desk, _) -> {
            desk.drop(id);
            print(id + " is deleted from quarantine.");
        });
    }

    private void print(String line) {
        context.out().println(line);
    }

    /** An action at the desk of the data directory. */
    private interface Action {
        void at(QuarantineDesk desk, Path directory) throws IOException;
    }

    private int run(String what, Action action) {
        context.withSettings(settings -> {
            Path directory = Path.of(settings.getProperty("confab.file.directory", "./data")).toAbsolutePath()
                    .normalize();
            try (var desk = new QuarantineDesk(directory)) {
                action.at(desk, directory);
            } catch (DirectoryInUse e) {
                throw new CannotStart(e, "", ExitStatus.TEMPORARY);
            } catch (DirectoryRefused e) {
                throw new CannotStart(e, "", ExitStatus.DATA);
            } catch (FileDamaged e) {
                throw new CannotStart("Cannot " + what + ": " + e.reason() + ". Nothing was changed.", "",
                        ExitStatus.DATA, e);
            } catch (IOException e) {
                throw new CannotStart("The data directory " + directory + " cannot be used: " + IoReason.of(e) + ".",
                        "",
                        ExitStatus.IO, e);
            }
        });
        return ExitStatus.OK.code();
    }
}
