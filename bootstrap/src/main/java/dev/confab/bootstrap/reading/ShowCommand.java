package dev.confab.bootstrap.reading;

import dev.confab.adapter.web.conversation.ConversationJson;
import dev.confab.adapter.web.conversation.MessageJson;
import dev.confab.bootstrap.command.CommandContext;
import dev.confab.bootstrap.command.JarCommand;
import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.bootstrap.reading.ConversationSource.MessagePage;
import dev.confab.domain.conversation.ConversationId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code show}: a conversation, as a person reads it. */
@Command(mixinStandardHelpOptions = true, name = "show", description = {
        "Prints a conversation: title, id, version and times, and its messages with position, role, time and text.",
        "A token for a server needs the scope read, and on-behalf for --owner.",
        "Exit status: 66 if the owner has no such conversation, 75 if it was changed while it was printed."}, footer = {
                "", "Examples:", "  confab show 0198c2f0-0000-7000-8000-000000000001 --last=20",
                "  confab show --owner=ann $ID --from=101 --to=200",
                "  confab show --json $ID --server=http://localhost:8080", "",
                "On files, stop the server first or use --server. On PostgreSQL, servers may run."})
final class ShowCommand implements JarCommand, Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "CONVERSATION", description = "the id of the conversation, as list prints it")
    private ConversationId id;

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Mixin
    private final RangeOptions range = new RangeOptions();

    @Option(names = "--json", description = "prints one JSON object a line, with the members of the HTTP API: the conversation, then each message")
    private boolean json;

    @SuppressWarnings("NullAway.Init") // picocli sets the id, which is required
    ShowCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        range.check();
        return source.read(context, conversations -> show(conversations));
    }

    /**
     * Prints the messages that the conversation has now. Those that are appended meanwhile are left out, and one that was changed or
     * removed meanwhile is reported: what was printed is then not the conversation of one moment.
     */
    private int show(ConversationSource conversations) {
        ConversationJson head = conversations.conversation(id);
        context.out().println(json ? JsonLine.of(head) : ConversationText.of(head));
        int last = range.last(head.messageCount());
        int next = range.first(head.messageCount());
        while (next <= last && context.hasReader()) {
            MessagePage page = conversations.messages(id, next, last);
            page.items().forEach(this::print);
            if (page.items().isEmpty()
                    || page.items().stream().anyMatch(message -> message.version() > head.version())) {
                return changed(head.version(), page.version());
            }
            next = page.items().getLast().position() + 1;
        }
        return ExitStatus.OK.code();
    }

    private void print(MessageJson message) {
        context.out().println(json ? JsonLine.of(message) : ConversationText.of(message));
    }

    private int changed(long before, long now) {
        context.err().println("The conversation was changed while it was printed, from version " + before
                + " to version " + now + ". Print it again.");
        return ExitStatus.TEMPORARY.code();
    }
}
