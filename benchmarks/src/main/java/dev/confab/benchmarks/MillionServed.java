package dev.confab.benchmarks;

import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.benchmarks.harness.Chat;
import dev.confab.benchmarks.harness.Clients;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.benchmarks.harness.Figures;
import dev.confab.benchmarks.harness.TimedOperation;
import dev.confab.benchmarks.harness.Texts;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/** The fresh JVM of {@link MillionMessages}: opens the store, then serves from it for a while. */
final class MillionServed {
    private static final int CALLS = 2_000;
    private static final int SEARCHES = 200;
    private static final int CLIENTS = 64;
    private static final long MEBI = 1 << 20;

    private MillionServed() {
    }

    /** @param bareSeconds the time to read the bytes of all conversation files with one thread */
    record Report(double openSeconds, double bareSeconds) {
        /** Parses the line that {@link #toString} makes. */
        private static Report parse(String line) {
            String[] words = line.strip().split(" ", -1);
            return new Report(Double.parseDouble(words[2]), Double.parseDouble(words[6]));
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "  opened in %.3f s, bare reading %.3f s", openSeconds, bareSeconds);
        }
    }

    /** Runs {@link #main} in a fresh JVM and prints its output; its last line is the report. */
    static Report inFreshJvm(Path directory, boolean serving) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                Benchmarks.class.getName(), "million-serve", directory.toString(), serving ? "serve" : "open")
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Optional<String> report;
        try (var output = process.inputReader()) {
            report = output.lines().peek(System.out::println).reduce((_, line) -> line);
        }
        int exit = process.waitFor();
        return report.filter(_ -> exit == 0).map(Report::parse)
                .orElseThrow(() -> new IOException("the fresh JVM ended with " + exit));
    }

    static void main(List<String> args) throws IOException, InterruptedException {
        Path data = Path.of(args.getFirst()).resolve("data");
        double bareSeconds = readAll(data.resolve("conversations"));
        long start = System.nanoTime();
        try (var store = Stores.open(data)) {
            var report = new Report((System.nanoTime() - start) / 1e9, bareSeconds);
            if (args.get(1).equals("serve")) {
                System.out.printf(Locale.ROOT, "  heap in use after opening and a collection: %d MiB%n", heapInUse());
                serve(store);
            }
            System.out.println(report);
        }
    }

    private static double readAll(Path conversations) throws IOException {
        long start = System.nanoTime();
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(conversations)) {
            for (Path file : files) {
                bytes += Files.readAllBytes(file).length;
            }
        }
        if (bytes == 0) {
            throw new IOException(conversations + " has no data");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static void serve(FileStore store) throws IOException, InterruptedException {
        var random = new SplittableRandom(1);
        var chat = new Chat(store, Drafts.fromNowOn());
        time("read the last 20 of any", CALLS, () -> store.reader().read(any(random), Window.last(20), Instant.now()));
        time("append to any", CALLS, () -> chat.append(any(random), random, MillionMessages.WORDS));
        time("list 20", CALLS,
                () -> store.reader().list(Chat.OWNER, new ListQuery(ListQuery.Sort.UPDATED, 20, Optional.empty()),
                        Instant.now()));
        time("search two words, 20 hits", SEARCHES, () -> search(store, twoWords(random)));
        time("search a rare word, 20 hits", SEARCHES, () -> search(store, Texts.word(random.nextInt(40_000))));
        serveTogether(store, chat);
        System.out.printf(Locale.ROOT, "  heap in use after serving and a collection: %d MiB%n", heapInUse());
    }

    private static String twoWords(SplittableRandom random) {
        return Texts.word(random.nextInt(2_000)) + " " + Texts.word(random.nextInt(20_000));
    }

    private static void search(FileStore store, String text) {
        store.reader().search(Chat.OWNER, new SearchQuery(text, false, Optional.empty(), 20, Optional.empty()),
                Instant.now());
    }

    /** Many clients make all kinds of calls at the same time. */
    private static void serveTogether(FileStore store, Chat chat) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Clients.run(CLIENTS, client -> {
            var random = new SplittableRandom(client);
            for (int call = 0; call < CALLS / 4; call++) {
                chat.append(any(random), random, MillionMessages.WORDS);
                store.reader().read(any(random), Window.last(100), Instant.now());
                if (call % 100 == 0) {
                    search(store, twoWords(random));
                }
            }
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "  %-34s %.0f appends a second and as many reads%n", "64 clients at once",
                CLIENTS * CALLS / 4 / seconds);
    }

    private static void time(String name, int calls, TimedOperation operation)
            throws IOException, InterruptedException {
        Figures micros = Figures.timed(calls, operation);
        System.out.printf(Locale.ROOT, "  %-34s p50 %8.0f us   p99 %8.0f us   max %8.0f us%n", name, micros.median(),
                micros.percentile(99), micros.max());
    }

    private static ConversationId any(SplittableRandom random) {
        return MillionMessages.conversation(random.nextInt(MillionMessages.CONVERSATIONS));
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBI;
    }
}
