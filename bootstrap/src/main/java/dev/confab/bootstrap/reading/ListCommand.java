package dev.confab.bootstrap.reading;

import dev.confab.adapter.web.conversation.ConversationJson;
import dev.confab.bootstrap.command.CommandContext;
import dev.confab.bootstrap.command.JarCommand;
import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.bootstrap.terminal.PrintableText;
import dev.confab.domain.query.ListQuery.Sort;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code list}: the conversations of an owner. */
@Command(mixinStandardHelpOptions = true, name = "list", description = {
        "Lists an owner's conversations, the last changed first: id, last change, number of messages, title.",
        "A token for a server needs the scope read, and on-behalf for --owner."}, footer = {"", "Examples:",
                "  confab list --limit=50", "  confab list --owner=ann --all --json",
                "  confab list --bin --server=http://localhost:8080 --token-file=ann.token", "",
                "On files, stop the server first or use --server. On PostgreSQL, servers may run."})
final class ListCommand implements JarCommand, Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Mixin
    private final PageOptions pages = new PageOptions();

    @Option(names = "--bin", description = "lists the conversations in the bin, the last deleted first")
    private boolean bin;

    @Option(names = "--json", description = "prints one JSON object a line, with the members of the HTTP API")
    private boolean json;

    ListCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        pages.check();
        Sort sort = bin ? Sort.DELETED : Sort.UPDATED;
        return source.read(context, conversations -> {
            long printed = pages.print(context, (limit, cursor) -> conversations.list(sort, limit, cursor),
                    one -> context.out().println(json ? JsonLine.of(one) : line(one)));
            if (printed == 0 && !json) {
                context.err().println(bin ? "No conversations in the bin." : "No conversations.");
            }
            return ExitStatus.OK.code();
        });
    }

    /** In columns; the title, whose width is unknown, comes last. */
    private static String line(ConversationJson one) {
        String changed = Objects.requireNonNullElse(one.deletedAt(), one.updatedAt());
        String title = Objects.requireNonNullElse(one.title(), "(no title)");
        return PrintableText.inline(
                String.format(Locale.ROOT, "%s  %s  %7d  %s", one.id(), changed, one.messageCount(), title));
    }
}
