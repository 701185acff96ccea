package dev.confab.bootstrap.reading;

import dev.confab.adapter.web.response.PageJson;
import dev.confab.bootstrap.command.CommandContext;
import dev.confab.bootstrap.command.JarCommand;
import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.bootstrap.reading.ConversationSource.Words;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.query.SearchFilter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code search}: the messages and titles that contain some words. */
@Command(mixinStandardHelpOptions = true, name = "search", description = {
        "Finds an owner's messages and titles that contain all the words, in any order and case, newest first.",
        "A token for a server needs the scope read, and on-behalf for --owner."}, footer = {"", "Examples:",
                "  confab search trip rome", "  confab search --owner=ann --prefix rom",
                "  confab search --all --json rome --server=http://localhost:8080", "",
                "On files, stop the server first or use --server. On PostgreSQL, servers may run."})
final class SearchCommand implements JarCommand, Callable<Integer> {
    private final CommandContext context;

    @Parameters(arity = "1..*", paramLabel = "WORDS", description = "the words to find")
    private List<String> words = List.of();

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Mixin
    private final PageOptions pages = new PageOptions();

    @Option(names = "--prefix", description = "the last word also finds words that begin with it")
    private boolean prefix;

    @Option(names = "--conversation", paramLabel = "ID", description = "searches only this conversation")
    private Optional<ConversationId> conversation = Optional.empty();

    @Option(names = "--label", paramLabel = "LABEL", description = {"searches only conversations with this label;",
            "may be repeated: a conversation must have all of them"})
    private List<String> labels = List.of();

    @Option(names = "--role", paramLabel = "ROLE", description = {"finds messages of this role only, and no titles:",
            "user, assistant, system or tool"})
    private Optional<Role> role = Optional.empty();

    @Option(names = "--author", paramLabel = "NAME", description = {
            "finds messages of this author only, and no titles;",
            "the name exactly as it is stored"})
    private Optional<Author> author = Optional.empty();

    @Option(names = "--from", paramLabel = "TIME", description = {"finds what was created then or later,",
            "such as 2026-01-31T09:30:00Z"})
    private Optional<Instant> from = Optional.empty();

    @Option(names = "--to", paramLabel = "TIME", description = "finds what was created before that")
    private Optional<Instant> to = Optional.empty();

    @Option(names = "--json", description = "prints one JSON object a line, with the members of the HTTP API")
    private boolean json;

    @Spec
    private CommandSpec command;

    @SuppressWarnings("NullAway.Init") // picocli sets the command
    SearchCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        pages.check();
        var wanted = new Words(String.join(" ", words), prefix,
                new SearchFilter(conversation, new TreeSet<>(labels), role, author, from, to));
        // What cannot be searched for is a wrong command line, before anything is opened.
        var _ = wanted.query(1, Optional.empty());
        var text = new HitText(command.commandLine().getColorScheme().ansi());
        return source.read(context, conversations -> {
            var partial = new AtomicBoolean();
            long printed = pages.print(context, (limit, cursor) -> {
                var page = conversations.search(wanted, limit, cursor);
                partial.compareAndSet(false, page.partial());
                return new PageJson<>(page.items(), page.nextCursor());
            }, hit -> context.out().println(json ? JsonLine.of(hit) : text.of(hit)));
            if (printed == 0 && !json) {
                context.err().println("Nothing was found.");
            }
            if (partial.get()) {
                context.err().println("The search index is being built: there may be more. Search again later.");
            }
            return ExitStatus.OK.code();
        });
    }
}
