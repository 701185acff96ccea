package dev.confab.benchmarks;

import dev.confab.benchmarks.harness.BareFile;
import dev.confab.benchmarks.harness.Chat;
import dev.confab.benchmarks.harness.Contender;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.benchmarks.harness.Figures;
import dev.confab.benchmarks.harness.Rounds;
import dev.confab.benchmarks.harness.Scratch;
import dev.confab.benchmarks.harness.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;

/** One writer: the median time of a durable append, compared with a bare write and force of the same number of bytes. */
final class OneWriter {
    private static final int OPERATIONS = 100;
    /** Until the JIT has compiled the store's code: before, the code takes as long as the disk and the threads. */
    private static final int WARMUPS = 200;
    private static final int WORDS = 30;

    private OneWriter() {
    }

    static void run(int rounds) throws IOException, InterruptedException {
        var random = new SplittableRandom(1);
        var line = new LineLength();
        try (var scratch = Scratch.make();
                var store = Stores.open(scratch.resolve("data"), line);
                var bare = new BareFile(scratch.resolve("bare"))) {
            var chat = new Chat(store, new Drafts(0));
            var conversation = chat.start("one writer");
            chat.append(conversation, random, WORDS);
            ByteBuffer sameBytes = BareFile.lines(1, line.bytes());

            Rounds.run("microseconds an append", WARMUPS, rounds, List.of(
                    new Contender("durable append", () -> Figures
                            .timed(OPERATIONS, () -> chat.append(conversation, random, WORDS)).median()),
                    new Contender("bare write + force", () -> Figures
                            .timed(OPERATIONS, () -> bare.writeAndForce(sameBytes)).median())))
                    .print("One writer, lines of " + line.bytes() + " bytes",
                            List.of(new Target("durable append", "bare write + force", new Target.AtMost(1.2))));
        }
    }
}
