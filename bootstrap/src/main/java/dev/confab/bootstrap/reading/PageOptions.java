package dev.confab.bootstrap.reading;

import dev.confab.adapter.web.response.PageJson;
import dev.confab.bootstrap.command.CommandContext;
import dev.confab.domain.query.ListQuery;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say which part of a listing is printed. */
final class PageOptions {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_PAGE = ListQuery.MAX_LIMIT;

    @Option(names = "--limit", paramLabel = "NUMBER", description = "how many to print; " + DEFAULT_LIMIT
            + " unless it is set")
    private Optional<Integer> limit = Optional.empty();

    @Option(names = "--all", description = "prints all, page by page")
    private boolean all;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "continues where the command that printed this cursor stopped")
    private Optional<String> cursor = Optional.empty();

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @SuppressWarnings("NullAway.Init") // picocli sets the command
    PageOptions() {
    }

    /** Reads one page: at most this many items after the cursor. */
    @FunctionalInterface
    interface Pages<T> {
        PageJson<T> read(int limit, Optional<String> cursor);
    }

    /** Throws {@link ParameterException} if the options contradict each other. */
    void check() {
        if (all && limit.isPresent()) {
            throw new ParameterException(command.commandLine(), "Either --all or --limit, not both");
        }
        if (limit.filter(number -> number < 1).isPresent()) {
            throw new ParameterException(command.commandLine(), "--limit must be at least 1");
        }
    }

    /** Prints each page before the next one is read, and says how to continue. Returns how many items it printed. */
    <T> long print(CommandContext context, Pages<T> pages, Consumer<T> print) {
        long most = all ? Long.MAX_VALUE : limit.orElse(DEFAULT_LIMIT);
        long printed = 0;
        Optional<String> next = cursor;
        do {
            PageJson<T> page = pages.read((int) Math.min(MAX_PAGE, most - printed), next);
            page.items().forEach(print);
            printed += page.items().size();
            next = Optional.ofNullable(page.nextCursor());
        } while (next.isPresent() && printed < most && context.hasReader());
        if (context.hasReader()) {
            next.ifPresent(more -> context.err().println("There are more. Continue with --cursor=" + more));
        }
        return printed;
    }
}
