package dev.confab.benchmarks;

import dev.confab.benchmarks.limits.BodyHeap;
import dev.confab.benchmarks.limits.IdleStreams;
import dev.confab.benchmarks.limits.RateLimited;
import dev.confab.benchmarks.limits.TooMuch;
import dev.confab.benchmarks.lists.ListPages;
import dev.confab.benchmarks.postgres.PostgresPeers;
import dev.confab.benchmarks.postgres.PostgresWriters;
import dev.confab.benchmarks.search.PrefixSearches;
import dev.confab.benchmarks.turns.TurnStreams;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Starts the benchmark that the first argument names; {@code benchmarks/README.md} describes each. */
public final class Benchmarks {
    private static final String USAGE = """
            one-writer [rounds]           a durable append, compared with a bare write and force
            many-writers [rounds]         64 writers, compared with one writer and with a bare loop
            long-conversation [rounds]    appending to 100,000 messages, compared with an empty conversation
            million [openings]            opening and serving 1,000,000 messages in a heap of 512 MiB
            list-pages [conversations] [calls]  pages of filtered lists, on files and on PostgreSQL
            search-prefix [messages] [calls]  pages of searches by prefix, on files and on PostgreSQL
            postgres-writers [rounds] [connections]  64 callers of the store on PostgreSQL, compared with plain JDBC
            postgres-peers [samples] [seconds]  the store on PostgreSQL, compared with other libraries
            http <url> [connections] [rounds]   requests to a running server
            statistics <url> [messages] [calls]  statistics of a long chat on a running server
            turn-streams <url> [readers] [words] [milliseconds a word]  many readers of one turn on a running server
            idle-streams <url> <pid> [streams]  heap that an idle event stream takes in a running server
            body-heap <url> <pid> [samples]     heap that a request's body takes in a running server
            too-many-streams <url> [streams]    more event streams than a running server allows
            too-many-turns <url> [turns]        more slow turns than a running server allows
            rate-limited <url> <key> <other key> [requests a second] [rounds]  an owner beside another one past the rate
            jmh <arguments of JMH>        code without I/O, and the reads of a file store
            """;

    private Benchmarks() {
    }

    public static void main(String... args) throws IOException, InterruptedException {
        List<String> rest = args.length == 0 ? List.of() : Arrays.asList(args).subList(1, args.length);
        switch (args.length == 0 ? "" : args[0]) {
            case "one-writer" -> OneWriter.run(number(rest, 0, 40));
            case "many-writers" -> ManyWriters.run(number(rest, 0, 20));
            case "long-conversation" -> LongConversation.run(number(rest, 0, 40));
            case "million" -> MillionMessages.run(number(rest, 0, 5));
            case "million-serve" -> MillionServed.main(rest);
            case "list-pages" -> ListPages.run(number(rest, 0, 100_000), number(rest, 1, 200));
            case "search-prefix" -> PrefixSearches.run(number(rest, 0, 200_000), number(rest, 1, 50));
            case "postgres-writers" -> PostgresWriters.run(number(rest, 0, 10), number(rest, 1, 16));
            case "postgres-peers" -> PostgresPeers.run(number(rest, 0, 200), number(rest, 1, 60));
            case "http" -> HttpLoad.run(rest.getFirst(), number(rest, 1, 64), number(rest, 2, 5));
            case "statistics" -> ChatStatistics.run(rest.getFirst(), number(rest, 1, 120_000), number(rest, 2, 10));
            case "turn-streams" ->
                TurnStreams.run(rest.getFirst(), number(rest, 1, 1_000), number(rest, 2, 600), number(rest, 3, 20));
            case "idle-streams" -> IdleStreams.run(rest.getFirst(), rest.get(1), number(rest, 2, 1_000));
            case "body-heap" -> BodyHeap.run(rest.getFirst(), rest.get(1), number(rest, 2, 100));
            case "too-many-streams" -> TooMuch.streams(rest.getFirst(), number(rest, 1, 10_000));
            case "too-many-turns" -> TooMuch.turns(rest.getFirst(), number(rest, 1, 10_000));
            case "rate-limited" -> RateLimited.run(rest.getFirst(), rest.get(1), rest.get(2), number(rest, 3, 2_000),
                    number(rest, 4, 10));
            case "jmh" -> org.openjdk.jmh.Main.main(rest.toArray(String[]::new));
            default -> {
                System.err.print(USAGE);
                System.exit(2);
            }
        }
    }

    private static int number(List<String> args, int index, int defaultValue) {
        return index < args.size() ? Integer.parseInt(args.get(index)) : defaultValue;
    }
}
