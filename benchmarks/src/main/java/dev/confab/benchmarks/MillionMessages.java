package dev.confab.benchmarks;

import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.adapter.persistence.file.FileStoreObserver;
import dev.confab.benchmarks.harness.Chat;
import dev.confab.benchmarks.harness.Clients;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.benchmarks.harness.Figures;
import dev.confab.benchmarks.harness.Scratch;
import dev.confab.benchmarks.harness.Texts;
import dev.confab.domain.conversation.ConversationId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * 1,000,000 messages in 10,000 conversations, opened and served by fresh JVMs with a heap of 512 MiB. The data set is built
 * through the store, once; it stays for the next run.
 */
final class MillionMessages {
    static final int CONVERSATIONS = 10_000;
    static final int MESSAGES_EACH = 100;
    static final int WORDS = 30;
    private static final int BUILDERS = 8;
    private static final double TARGET_SECONDS = 5;

    private MillionMessages() {
    }

    /** The same in every JVM, so that the one that serves knows what the one that built has made. */
    static ConversationId conversation(int number) {
        return new ConversationId(new Drafts(-1L - number).nextId());
    }

    static void run(int openings) throws IOException, InterruptedException {
        Path directory = Scratch.base().resolve("confab-million-messages");
        build(directory);
        var opening = new ArrayList<Double>();
        var bare = new ArrayList<Double>();
        for (int i = 0; i < openings; i++) {
            MillionServed.Report report = MillionServed.inFreshJvm(directory, i == openings - 1);
            System.out.printf(Locale.ROOT, "  opened in %.2f s, bare reading %.2f s%n", report.openSeconds(),
                    report.bareSeconds());
            opening.add(report.openSeconds());
            bare.add(report.bareSeconds());
        }
        Figures opened = of(opening);
        System.out.printf(Locale.ROOT, """

                1,000,000 messages in 10,000 conversations, -Xmx512m, fresh JVMs, seconds, median (quartiles)
                  opening                          %s  target <= %.1f: %s
                  bare reading of the same files   %s
                """, opened.summary("%.2f"), TARGET_SECONDS, opened.median() <= TARGET_SECONDS ? "met" : "MISSED",
                of(bare).summary("%.2f"));
    }

    private static Figures of(List<Double> values) {
        return new Figures(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static void build(Path directory) throws IOException, InterruptedException {
        Path done = directory.resolve("built");
        if (Files.exists(done)) {
            return;
        }
        Files.createDirectories(directory);
        long start = System.nanoTime();
        try (var store = FileStore.open(Patient.settings(directory.resolve("data")), new FileStoreObserver() {
        })) {
            var drafts = new Drafts(0);
            var chat = new Chat(store, drafts);
            Clients.run(BUILDERS, builder -> {
                for (int number = builder; number < CONVERSATIONS; number += BUILDERS) {
                    var random = new SplittableRandom(number);
                    chat.start(conversation(number), Texts.text(random, 4),
                            drafts.drafts(random, MESSAGES_EACH, WORDS));
                }
            });
        }
        Files.createFile(done);
        System.out.printf(Locale.ROOT, "built in %.0f s%n", (System.nanoTime() - start) / 1e9);
    }
}
