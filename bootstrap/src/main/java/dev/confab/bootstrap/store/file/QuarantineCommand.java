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
            Usage: java -jar confab.jar quarantine list | show ID | restore ID | drop ID [--confab.file.directory=<directory>]
            Stop the server first.""";

    private final PrintStream out = System.out;

    @Override
    public String name() {
        return "quarantine";
    }

    @Override
    public int run(List<String> arguments, Environment settings) {
        Path directory = Path.of(settings.getProperty("confab.file.directory", "./data"));
        String action = arguments.isEmpty() ? "" : arguments.getFirst();
        boolean isKnown = action.equals("list")
                ? arguments.size() == 1
                : List.of("show", "restore", "drop").contains(action) && arguments.size() == 2;
        if (!isKnown) {
            out.println(USAGE);
            return 2;
        }
        try (var desk = new QuarantineDesk(directory)) {
            switch (action) {
                case "list" -> list(desk.list());
                case "show" -> desk.show(arguments.get(1)).forEach(out::println);
                case "restore" -> {
                    desk.restore(arguments.get(1));
                    out.println(arguments.get(1) + " is back in place.");
                }
                default -> {
                    desk.drop(arguments.get(1));
                    out.println(arguments.get(1) + " is deleted from quarantine.");
                }
            }
            return 0;
        } catch (DirectoryRefused e) {
            out.println(e.getMessage());
        } catch (FileDamaged e) {
            out.println("Nothing was changed: " + e.reason() + ".");
        } catch (IOException e) {
            out.println("The data directory " + directory.toAbsolutePath() + " cannot be used: " + IoReason.of(e));
        }
        return 1;
    }

    private void list(List<QuarantineEntry> entries) {
        if (entries.isEmpty()) {
            out.println("The quarantine is empty.");
        }
        for (QuarantineEntry entry : entries) {
            out.printf("%s  %d bytes in %d files  %s%n", entry.id(), entry.bytes(), entry.files().size(),
                    entry.finding());
        }
    }
}
