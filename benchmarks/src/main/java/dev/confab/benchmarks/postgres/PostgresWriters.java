package dev.confab.benchmarks.postgres;

import dev.confab.adapter.persistence.jpa.JpaStore;
import dev.confab.adapter.persistence.jpa.JpaStoreSettings;
import dev.confab.benchmarks.harness.BareFile;
import dev.confab.benchmarks.harness.Chat;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.benchmarks.harness.Figures;
import dev.confab.benchmarks.harness.Rounds;
import dev.confab.benchmarks.harness.Scratch;
import dev.confab.benchmarks.harness.Target;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;

/** 64 callers append to 10,000 conversations, then to one: Confab's store, compared with {@link OneStatement}. */
public final class PostgresWriters {
    private static final int CONVERSATIONS = 10_000;
    private static final int WARMUPS = 3;
    private static final int PAGE_BYTES = 8192;
    private static final int FORCES = 300;
    private static final String BASELINE = "one statement";
    private static final String OURS = "Confab";

    private PostgresWriters() {
    }

    /** @param atLeast the ratio to the baseline's throughput that the store must reach */
    private record Match(String on, Callers baseline, Callers ours, double atLeast) {
    }

    /**
     * Measures and prints.
     *
     * @param rounds how many rounds count, each of two seconds for either side
     * @param writeConnections how many connections of the store write
     */
    public static void run(int rounds, int writeConnections) throws IOException, InterruptedException {
        Databases.printSettings();
        System.out.printf("%d connections of the baseline, %d of the store that write%n", Databases.CONNECTIONS,
                writeConnections);
        printForce();
        var drafts = new Drafts(0);
        var shared = new SharedCommits();
        try (var plain = TestPostgres.shared().newDatabase();
                var pool = Databases.pool(plain);
                var ours = TestPostgres.shared().newDatabase()) {
            List<ConversationId> plainIds = Seed.conversations(plain, drafts, CONVERSATIONS);
            List<ConversationId> ourIds = Seed.conversations(ours, drafts, CONVERSATIONS);
            var statement = new OneStatement(pool, drafts);
            try (var store = JpaStore.open(settings(ours, writeConnections), shared)) {
                var chat = new Chat(store, drafts);
                List<Match> matches = List.of(
                        new Match("10,000 conversations", new Callers(BASELINE, statement::append, plainIds, drafts),
                                new Callers(OURS, chat::append, ourIds, drafts), 0.7),
                        new Match("one conversation",
                                new Callers(BASELINE, statement::append, plainIds.subList(0, 1), drafts),
                                new Callers(OURS, chat::append, ourIds.subList(0, 1), drafts), 4));
                for (Match match : matches) {
                    measure(match, rounds, shared);
                }
                Seed.requireMessages(plain, matches.stream().mapToLong(match -> match.baseline().appended()).sum());
                Seed.requireMessages(ours, matches.stream().mapToLong(match -> match.ours().appended()).sum());
            }
        }
    }

    private static JpaStoreSettings settings(Database database, int writeConnections) {
        var usual = JpaStoreSettings.of(database.url(), database.username(), database.password());
        return new JpaStoreSettings(usual.url(), usual.username(), usual.password(), writeConnections,
                usual.readConnections(), usual.lockTimeout(), usual.statementTimeout(), usual.rememberedHeads(),
                usual.notifyEvery(), usual.pollEvery());
    }

    /** Prints the physical limit: how long the disk takes to force the least that a commit writes. */
    private static void printForce() throws IOException, InterruptedException {
        try (var scratch = Scratch.make(); var bare = new BareFile(scratch.resolve("bare"))) {
            ByteBuffer page = BareFile.lines(1, PAGE_BYTES);
            Figures micros = Figures.timed(FORCES, () -> bare.writeAndForce(page));
            System.out.printf(Locale.ROOT,
                    "bare write + force of %d bytes: %s us, %.0f a second one after the other%n",
                    PAGE_BYTES, micros.summary("%.0f"), 1e6 / micros.median());
        }
    }

    private static void measure(Match match, int rounds, SharedCommits shared)
            throws IOException, InterruptedException {
        match.baseline().touchAll();
        match.ours().touchAll();
        shared.transactionsPerCommit();
        Rounds.run("appends a second", WARMUPS, rounds,
                List.of(match.baseline().contender(), match.ours().contender()))
                .print(Callers.COUNT + " callers on " + match.on(),
                        List.of(new Target(OURS, BASELINE, new Target.AtLeast(match.atLeast()))));
        match.baseline().printLatency(rounds);
        match.ours().printLatency(rounds);
        System.out.printf(Locale.ROOT, "  %-46s %.1f appends a commit%n", OURS, shared.transactionsPerCommit());
    }
}
