package dev.confab.benchmarks;

import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.adapter.persistence.file.FileStoreObserver;
import dev.confab.adapter.persistence.file.FileStoreSettings;
import dev.confab.benchmarks.harness.Chat;
import dev.confab.benchmarks.harness.Clients;
import dev.confab.benchmarks.harness.Contender;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.benchmarks.harness.Figures;
import dev.confab.benchmarks.harness.Texts;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import java.io.BufferedReader;
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

/** The fresh JVM of {@link MillionMessages}: opens the store, then serves from it for a while in the heap it was given. */
final class MillionServed {
    private static final int CALLS = 2_000;
    private static final int SEARCHES = 200;
    private static final int CLIENTS = 64;
    private static final long MEBI = 1 << 20;

    private MillionServed() {
    }

    /** @param bareSeconds to read the bytes of every conversation's files, without looking at them, with one thread */
    record Report(double openSeconds, double bareSeconds) {
        private static Report parse(String line) {
            String[] words = line.split(" ", -1);
            return new Report(Double.parseDouble(words[1]), Double.parseDouble(words[2]));
        }

        @Override
        public String toString() {
            return "REPORT " + openSeconds + " " + bareSeconds;
        }
    }

    static Report inFreshJvm(Path directory, boolean serving) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                Benchmarks.class.getName(), "million-serve", directory.toString(), serving ? "serve" : "open")
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Optional<Report> report = Optional.empty();
        try (BufferedReader output = process.inputReader()) {
            for (String line : (Iterable<String>) output.lines()::iterator) {
                if (line.startsWith("REPORT ")) {
                    report = Optional.of(Report.parse(line));
                } else {
                    System.out.println(line);
                }
            }
        }
        int exit = process.waitFor();
        return report.filter(_ -> exit == 0).orElseThrow(() -> new IOException("the fresh JVM ended with " + exit));
    }

    static void main(List<String> args) throws IOException, InterruptedException {
        Path data = Path.of(args.getFirst()).resolve("data");
        double bareSeconds = readAll(data.resolve("conversations"));
        long start = System.nanoTime();
        try (var store = FileStore.open(FileStoreSettings.of(data), new FileStoreObserver() {
        })) {
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
            throw new IOException("nothing in " + conversations);
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
        time("search two words, 20 hits", SEARCHES,
                () -> store.reader().search(Chat.OWNER, query(random, 2_000, 20_000), Instant.now()));
        time("search a rare word, 20 hits", SEARCHES,
                () -> store.reader().search(Chat.OWNER, query(random, 40_000, 49_000), Instant.now()));
        together(store, chat);
        System.out.printf(Locale.ROOT, "  heap in use after serving and a collection: %d MiB%n", heapInUse());
    }

    private static SearchQuery query(SplittableRandom random, int one, int other) {
        String first = Texts.word(random.nextInt(one));
        String text = one > 10_000 ? first : first + " " + Texts.word(random.nextInt(other));
        return new SearchQuery(text, false, Optional.empty(), 20, Optional.empty());
    }

    /** All kinds of calls at once, from many clients. */
    private static void together(FileStore store, Chat chat) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Clients.run(CLIENTS, client -> {
            var random = new SplittableRandom(client);
            for (int call = 0; call < CALLS / 4; call++) {
                chat.append(any(random), random, MillionMessages.WORDS);
                store.reader().read(any(random), Window.last(100), Instant.now());
                if (call % 100 == 0) {
                    store.reader().search(Chat.OWNER, query(random, 2_000, 20_000), Instant.now());
                }
            }
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "  %-34s %.0f appends a second, beside as many reads%n",
                "64 clients, all at once",
                CLIENTS * CALLS / 4 / seconds);
    }

    private static void time(String name, int calls, Contender.Operation operation)
            throws IOException, InterruptedException {
        long[] nanos = new long[calls];
        for (int i = 0; i < calls; i++) {
            long start = System.nanoTime();
            operation.run();
            nanos[i] = System.nanoTime() - start;
        }
        Figures micros = Figures.ofNanosInMicros(nanos);
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
