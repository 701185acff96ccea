package dev.confab.benchmarks;

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
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Builds 1,000,000 messages in 10,000 conversations through the store, unless a former run has, and then opens them in fresh JVMs with a heap of
 * 512 MiB. The last one also serves from them.
 */
final class MillionMessages {
    static final int CONVERSATIONS = 10_000;
    static final int WORDS = 30;
    private static final int MESSAGES_EACH = 100;
    private static final int BUILDERS = 8;
    private static final double TARGET_SECONDS = 5;

    private MillionMessages() {
    }

    /** The id is the same in every JVM, so that the JVM that serves knows what another one has built. */
    static ConversationId conversation(int number) {
        return new ConversationId(new Drafts(-1L - number).nextId());
    }

    static void run(int openings) throws IOException, InterruptedException {
        Path directory = Scratch.base().resolve("confab-million-messages");
        build(directory);
        double[] opening = new double[openings];
        double[] bare = new double[openings];
        for (int i = 0; i < openings; i++) {
            MillionServed.Report report = MillionServed.inFreshJvm(directory, i == openings - 1);
            opening[i] = report.openSeconds();
            bare[i] = report.bareSeconds();
        }
        Figures opened = new Figures(opening);
        System.out.printf(Locale.ROOT, """

                1,000,000 messages in 10,000 conversations, -Xmx512m, fresh JVMs, seconds, median (quartiles)
                  opening                          %s  target <= %.1f: %s
                  bare reading of the same files   %s
                """, opened.summary("%.2f"), TARGET_SECONDS, opened.median() <= TARGET_SECONDS ? "met" : "MISSED",
                new Figures(bare).summary("%.2f"));
    }

    private static void build(Path directory) throws IOException, InterruptedException {
        Path done = directory.resolve("built");
        if (Files.exists(done)) {
            return;
        }
        Files.createDirectories(directory);
        long start = System.nanoTime();
        try (var store = Stores.open(directory.resolve("data"))) {
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
