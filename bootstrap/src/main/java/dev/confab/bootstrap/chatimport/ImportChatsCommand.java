package dev.confab.bootstrap.chatimport;

import dev.confab.application.chatimport.ChatImports;
import dev.confab.application.chatimport.ChatImports.Mode;
import dev.confab.application.chatimport.ImportTotals;
import dev.confab.bootstrap.command.CommandContext;
import dev.confab.bootstrap.command.JarCommand;
import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.bootstrap.failure.InputOutput;
import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.bootstrap.store.StoreAccess;
import dev.confab.bootstrap.store.StoreOwner;
import dev.confab.bootstrap.terminal.PrintableText;
import dev.confab.bootstrap.terminal.ProgressLine;
import dev.confab.domain.chatexport.ChatExportRejected;
import dev.confab.domain.chatexport.ChatExportRejected.Parameter;
import dev.confab.domain.chatexport.DateOrder;
import dev.confab.domain.chatexport.ReadingOptions;
import dev.confab.domain.conversation.OwnerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import-chats}: takes in what other chat applications export. */
@Command(mixinStandardHelpOptions = true, name = "import-chats", description = {
        "Imports chats that other applications exported: ChatGPT, Claude, LibreChat, Open WebUI, Grok, ShareGPT, WhatsApp,"
                + " Telegram Desktop and Slack. A file is recognised by its content.",
        "What is stored is never changed. The same file again adds nothing, and a newer export adds what is new; an import that was"
                + " interrupted is completed by running it again.",
        "Exit status: 0 when everything in the files is stored, 1 when something was refused."}, footer = {"",
                "Examples:", "  confab import-chats chatgpt-export.zip",
                "  confab import-chats 'WhatsApp Chat with Ann.txt' --zone=Europe/Berlin --date-order=dmy",
                "  confab import-chats export.zip --dry-run --json", "",
                "On files, stop the server first. On PostgreSQL, servers may run."})
final class ImportChatsCommand implements JarCommand, Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "exports, as the applications write them: JSON, text or zip")
    private List<Path> files = List.of();

    @Option(names = "--format", paramLabel = "NAME", description = "chatgpt, claude, librechat, open-webui, grok, sharegpt, whatsapp, telegram or slack; without it, the first one whose marks the content has")
    private Optional<String> format = Optional.empty();

    @Option(names = "--zone", paramLabel = "ZONE", description = "the zone of local times, such as Europe/Berlin: for WhatsApp, and older exports of Telegram")
    private Optional<ZoneId> zone = Optional.empty();

    @Option(names = "--date-order", paramLabel = "ORDER", description = "dmy, mdy or ymd: for WhatsApp, where the file does not show it")
    private Optional<DateOrder> dateOrder = Optional.empty();

    @Option(names = "--dry-run", description = "stores nothing, and reports what would be stored")
    private boolean dryRun;

    @Option(names = "--owner", paramLabel = "OWNER", description = "who gets the conversations; without log-in, the one user")
    private Optional<OwnerId> owner = Optional.empty();

    @Option(names = "--json", description = "prints one JSON object a line for each conversation, each message and everything refused")
    private boolean json;

    ImportChatsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return new StoreAccess(context, ChatImportApplication.class, "Nothing was changed. Stop that server first.")
                .with(this::importAll);
    }

    private int importAll(ApplicationContext beans) {
        var imports = beans.getBean(ChatImports.class);
        OwnerId whose = StoreOwner.of(owner, beans.getBean(ConfabSettings.class));
        boolean isComplete = true;
        for (Path file : files) {
            isComplete &= InputOutput.during("import " + file, () -> importOne(imports, whose, file)) == 0;
        }
        return (isComplete ? ExitStatus.OK : ExitStatus.PARTIAL).code();
    }

    private int importOne(ChatImports imports, OwnerId whose, Path file) {
        try (var opened = new DiskFile(file); var progress = ProgressLine.of("import", ProgressLine.UNKNOWN)) {
            var report = new PrintedReport(file.toString(), context.out(), json, progress);
            ImportTotals totals = imports.importChats(whose, opened,
                    new ReadingOptions(format, zone, dateOrder, ChatImportApplication.CLOCK.instant()),
                    dryRun ? Mode.DRY_RUN : Mode.STORE, report);
            report.total(totals, dryRun ? "would import" : "imported");
            return (totals.isComplete() ? ExitStatus.OK : ExitStatus.PARTIAL).code();
        } catch (ChatExportRejected rejected) {
            context.err().println(PrintableText.flowing(file + " was not imported: " + rejected.getMessage() + "."
                    + rejected.parameter().map(ImportChatsCommand::option).orElse("")));
            return ExitStatus.PARTIAL.code();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String option(Parameter parameter) {
        return switch (parameter) {
            case FORMAT -> " The option is --format.";
            case ZONE -> " The option is --zone, such as --zone=Europe/Berlin.";
            case DATE_ORDER -> " The option is --date-order, such as --date-order=dmy.";
        };
    }
}
