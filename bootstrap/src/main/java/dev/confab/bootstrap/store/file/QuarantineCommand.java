package dev.confab.bootstrap.store.file;

import dev.confab.adapter.persistence.file.disk.DirectoryRefused;
import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.adapter.persistence.file.disk.IoReason;
import dev.confab.adapter.persistence.file.repair.QuarantineDesk;
import dev.confab.adapter.persistence.file.repair.QuarantineEntry;
import dev.confab.bootstrap.command.JarCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.springframework.core.env.Environment;

/**
 * {@code quarantine list}, {@code show ID}, {@code restore ID} and {@code drop ID}: what to do with conversations that the file store has
 * put aside.
 */
final class QuarantineCommand implements JarCommand {
    private static final String USAGE = """
            Usage: java -jar confab.jar quarantine list         [--confab.file.directory=<directory>]
                   java -jar confab.jar quarantine show <id>    [--confab.file.directory=<directory>]
                   java -jar confab.jar quarantine restore <id> [--confab.file.directory=<directory>]
                   java -jar confab.jar quarantine drop <id>    [--confab.file.directory=<directory>]
            The directory is ./data unless a setting names another one. Stop the server first.""";

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @Override
    public String name() {
        return "quarantine";
    }

    @Override
    public int run(List<String> arguments, Environment settings) {
        String action = arguments.isEmpty() ? "" : arguments.getFirst();
        boolean isKnown = action.equals("list")
                ? arguments.size() == 1
                : List.of("show", "restore", "drop").contains(action) && arguments.size() == 2;
        if (!isKnown) {
            err.println(USAGE);
            return WRONG_USAGE;
        }
        Path directory = Path.of(settings.getProperty("confab.file.directory", "./data")).toAbsolutePath().normalize();
        try (var desk = new QuarantineDesk(directory)) {
            run(desk, action, arguments.getLast(), directory);
            return DONE;
        } catch (DirectoryRefused e) {
            err.println(e.getMessage());
        } catch (FileDamaged e) {
            err.println("Cannot " + action + " " + arguments.getLast() + ": " + e.reason() + ". Nothing was changed.");
        } catch (IOException e) {
            err.println("The data directory " + directory + " cannot be used: " + IoReason.of(e) + ".");
        }
        return NOT_POSSIBLE;
    }

    private void run(QuarantineDesk desk, String action, String id, Path directory) throws IOException {
        switch (action) {
            case "list" -> list(desk.list(), directory);
            case "show" -> desk.show(id).forEach(out::println);
            case "restore" -> {
                desk.restore(id);
                out.println(id + " is restored. Confab serves it again after its next start, which builds the search"
                        + " index anew.");
            }
            default -> {
                desk.drop(id);
                out.println(id + " is deleted from quarantine.");
            }
        }
    }

    private void list(List<QuarantineEntry> entries, Path directory) {
        if (entries.isEmpty()) {
            out.println("The quarantine of " + directory + " is empty.");
        }
        for (QuarantineEntry entry : entries) {
            out.printf("%s: %d %s, %d bytes; %s%n", entry.id(), entry.files().size(),
                    entry.files().size() == 1 ? "file" : "files", entry.bytes(), entry.finding());
        }
    }
}
