package dev.confab.benchmarks.postgres;

import dev.confab.benchmarks.harness.BareFile;
import dev.confab.benchmarks.harness.Chat;
import dev.confab.benchmarks.harness.Contender;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.benchmarks.harness.Figures;
import dev.confab.benchmarks.harness.Rounds;
import dev.confab.benchmarks.harness.Scratch;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.testsupport.postgres.TestPostgres;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** 64 callers on 10,000 conversations, then on one: Confab's store beside {@link OneStatement}. */
public final class PostgresWriters {
    private static final int CONVERSATIONS = 10_000;
    private static final int WARMUPS = 3;
    private static final int PAGE_BYTES = 8192;
    private static final int FORCES = 300;
    private static final String BASELINE = "one statement";
    private static final String OURS = "Confab";

    private final Drafts drafts = new Drafts(0);
    private final SharedCommits shared = new SharedCommits();
    private final int rounds;
    private final int writeConnections;

    private PostgresWriters(int rounds, int writeConnections) {
        this.rounds = rounds;
        this.writeConnections = writeConnections;
    }

    /** @param atLeast how much of the baseline's throughput ours must reach */
    private record Match(String on, Callers baseline, Callers ours, double atLeast) {
    }

    /**
     * Measures and prints.
     *
     * @param rounds that count, of two seconds for each of the two
     * @param writeConnections of the store
     */
    public static void run(int rounds, int writeConnections) throws IOException, InterruptedException, SQLException {
        System.out.println(Databases.durableSettings());
        System.out.printf("%d connections of the baseline, %d of the store that write%n", Databases.CONNECTIONS,
                writeConnections);
        printForce();
        new PostgresWriters(rounds, writeConnections).run();
    }

    private void run() throws IOException, InterruptedException, SQLException {
        try (var plain = TestPostgres.shared().newDatabase();
                var pool = Databases.pool(plain);
                var ours = TestPostgres.shared().newDatabase()) {
            List<ConversationId> plainIds = Seed.conversations(plain, drafts, CONVERSATIONS);
            List<ConversationId> ourIds = Seed.conversations(ours, drafts, CONVERSATIONS);
            var statement = new OneStatement(pool, drafts);
            try (var store = Confab.open(ours, writeConnections, shared)) {
                var chat = new Chat(store, drafts);
                Appender confab = (id, draft) -> chat.appendAll(id, List.of(draft));
                List<Match> matches = List.of(
                        new Match("10,000 conversations", new Callers(statement, plainIds, drafts),
                                new Callers(confab, ourIds, drafts), 0.7),
                        new Match("one conversation", new Callers(statement, plainIds.subList(0, 1), drafts),
                                new Callers(confab, ourIds.subList(0, 1), drafts), 4));
                measure(matches);
                Seed.requireMessages(plain, matches.stream().mapToLong(match -> match.baseline().appended()).sum());
                Seed.requireMessages(ours, matches.stream().mapToLong(match -> match.ours().appended()).sum());
            }
        }
    }

    /** The physical limit: how long the disk takes for as much as a commit at least writes. */
    private static void printForce() throws IOException {
        try (var scratch = Scratch.make(); var bare = new BareFile(scratch.resolve("bare"))) {
            ByteBuffer page = BareFile.lines(1, PAGE_BYTES);
            long[] nanos = new long[FORCES];
            for (int i = 0; i < FORCES; i++) {
                long start = System.nanoTime();
                bare.writeAndForce(page);
                nanos[i] = System.nanoTime() - start;
            }
            Figures micros = Figures.ofNanosInMicros(nanos);
            System.out.printf(Locale.ROOT,
                    "bare write + force of %d bytes: %s us, %.0f a second one after the other%n%n",
                    PAGE_BYTES, micros.summary("%.0f"), 1e6 / micros.median());
        }
    }

    private void measure(List<Match> matches) throws IOException, InterruptedException {
        System.out.printf("""
                | %d callers on | by | appends a second | p50, ms | p99, ms | appends a commit |
                |---|---|---|---|---|---|
                """,
                Callers.COUNT);
        var ratios = new ArrayList<String>();
        for (Match match : matches) {
            ratios.add(measure(match));
        }
        System.out.printf("%n| target | ratio | figures | load | verdict |%n|---|---|---|---|---|%n%s%n",
                String.join("\n", ratios));
    }

    /** Prints the two's figures, and gives the row of their ratio. */
    private String measure(Match match) throws IOException, InterruptedException {
        match.baseline().touchAll();
        match.ours().touchAll();
        shared.worksPerCommit();
        Rounds measured = Rounds.run("appends a second", WARMUPS, rounds,
                List.of(new Contender(BASELINE, match.baseline()::round), new Contender(OURS, match.ours()::round)));
        printRow(match.on(), BASELINE, measured, match.baseline(), 1);
        printRow(match.on(), OURS, measured, match.ours(), shared.worksPerCommit());
        Figures ratio = measured.ratio(OURS, BASELINE);
        return String.format(Locale.ROOT, "| %s ≥ %.1f × %s | %s | %,.0f/s beside %,.0f/s | %.1f | %s |", match.on(),
                match.atLeast(), BASELINE, ratio.summary("%.2f"), measured.figures(OURS).median(),
                measured.figures(BASELINE).median(), Databases.load(),
                ratio.median() >= match.atLeast() ? "met" : "**missed**");
    }

    private void printRow(String on, String by, Rounds measured, Callers callers, double sharing) {
        System.out.printf(Locale.ROOT, "| %s | %s | %s | %s | %s | %.1f |%n", on, by,
                measured.figures(by).summary("%,.0f"), callers.percentileMillis(50, rounds).summary("%.1f"),
                callers.percentileMillis(99, rounds).summary("%.1f"), sharing);
    }
}
