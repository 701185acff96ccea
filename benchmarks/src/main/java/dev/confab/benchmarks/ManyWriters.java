package dev.confab.benchmarks;

import dev.confab.benchmarks.harness.BareFile;
import dev.confab.benchmarks.harness.Chat;
import dev.confab.benchmarks.harness.Contender;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.benchmarks.harness.Load;
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
import java.util.stream.IntStream;

/** The throughput of 64 writers on 64 conversations, compared with one writer and with a loop that forces 64 lines at a time. */
final class ManyWriters {
    private static final int WRITERS = 64;
    private static final int WORDS = 30;
    private static final Duration ROUND = Duration.ofMillis(500);

    private ManyWriters() {
    }

    static void run(int rounds) throws IOException, InterruptedException {
        var line = new LineLength();
        try (var scratch = Scratch.make();
                var store = Stores.open(scratch.resolve("data"), line);
                var bare = new BareFile(scratch.resolve("bare"))) {
            var chat = new Chat(store, new Drafts(0));
            List<ConversationId> conversations = IntStream.range(0, WRITERS)
                    .mapToObj(i -> chat.start("writer " + i)).toList();
            chat.append(conversations.getFirst(), new SplittableRandom(1), WORDS);
            int bytes = line.bytes();
            ByteBuffer lines = BareFile.lines(WRITERS, bytes);
            Load.Source writer = (client, random) -> () -> chat.append(conversations.get(client), random, WORDS);
            var bareLoop = new Load(1, ROUND, (_, _) -> () -> bare.writeAndForce(lines));

            Rounds.run("appends a second", 4, rounds, List.of(
                    new Contender("64 writers", new Load(WRITERS, ROUND, writer)::round),
                    new Contender("one writer", new Load(1, ROUND, writer)::round),
                    new Contender("bare, 64 lines a force", () -> WRITERS * bareLoop.round())))
                    .print("64 writers on 64 conversations, lines of " + bytes + " bytes", List.of(
                            new Target("64 writers", "one writer", new Target.AtLeast(10)),
                            new Target("64 writers", "bare, 64 lines a force", new Target.AtLeast(0.5))));
            System.out.printf(Locale.ROOT, "  %.1f commits a batch on average%n", line.commitsPerBatch());
        }
    }
}
