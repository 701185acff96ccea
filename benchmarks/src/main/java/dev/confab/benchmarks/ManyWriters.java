package dev.confab.benchmarks;

import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.adapter.persistence.file.FileStoreSettings;
import dev.confab.benchmarks.harness.BareFile;
import dev.confab.benchmarks.harness.Chat;
import dev.confab.benchmarks.harness.Clients;
import dev.confab.benchmarks.harness.Contender;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.benchmarks.harness.Rounds;
import dev.confab.benchmarks.harness.Scratch;
import dev.confab.benchmarks.harness.Target;
import dev.confab.domain.conversation.ConversationId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** 64 writers on 64 conversations: their throughput beside one writer's, and beside a loop that forces 64 lines at a time. */
final class ManyWriters {
    private static final int WRITERS = 64;
    private static final int WORDS = 30;
    private static final Duration ROUND = Duration.ofMillis(500);

    private ManyWriters() {
    }

    static void run(int rounds) throws IOException, InterruptedException {
        var line = new LineLength();
        try (var scratch = Scratch.make();
                var store = FileStore.open(FileStoreSettings.of(scratch.resolve("data")), line);
                var bare = new BareFile(scratch.resolve("bare"))) {
            var chat = new Chat(store, new Drafts(0));
            List<ConversationId> conversations = IntStream.range(0, WRITERS)
                    .mapToObj(i -> chat.start("writer " + i)).toList();
            chat.append(conversations.getFirst(), new SplittableRandom(1), WORDS);
            ByteBuffer lines = BareFile.lines(WRITERS, line.bytes());
            int bytes = line.bytes();

            Rounds.run("appends a second", 4, rounds, List.of(
                    new Contender("64 writers", () -> write(chat, conversations)),
                    new Contender("one writer", () -> write(chat, conversations.subList(0, 1))),
                    new Contender("bare, 64 lines a force", () -> writeBare(bare, lines))))
                    .print("64 writers on 64 conversations, lines of " + bytes + " bytes", List.of(
                            new Target("64 writers", "one writer", new Target.AtLeast(10)),
                            new Target("64 writers", "bare, 64 lines a force", new Target.AtLeast(0.5))));
            System.out.printf(Locale.ROOT, "  %.1f commits a batch over all%n", line.commitsPerBatch());
        }
    }

    private static double write(Chat chat, List<ConversationId> conversations)
            throws IOException, InterruptedException {
        var appended = new LongAdder();
        long start = System.nanoTime();
        long end = start + ROUND.toNanos();
        Clients.run(conversations.size(), writer -> {
            var random = new SplittableRandom(writer);
            while (System.nanoTime() < end) {
                chat.append(conversations.get(writer), random, WORDS);
                appended.increment();
            }
        });
        return appended.sum() * 1e9 / (System.nanoTime() - start);
    }

    private static double writeBare(BareFile bare, ByteBuffer lines) throws IOException {
        long start = System.nanoTime();
        long written = 0;
        while (System.nanoTime() < start + ROUND.toNanos()) {
            bare.writeAndForce(lines);
            written += WRITERS;
        }
        return written * 1e9 / (System.nanoTime() - start);
    }
}
