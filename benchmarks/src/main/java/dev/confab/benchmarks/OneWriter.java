package dev.confab.benchmarks;

import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.adapter.persistence.file.FileStoreSettings;
import dev.confab.benchmarks.harness.BareFile;
import dev.confab.benchmarks.harness.Chat;
import dev.confab.benchmarks.harness.Contender;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.benchmarks.harness.Rounds;
import dev.confab.benchmarks.harness.Scratch;
import dev.confab.benchmarks.harness.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;

/** One writer: the median of a durable append beside that of a bare write and force of the same bytes. */
final class OneWriter {
    private static final int OPERATIONS = 100;
    /** Until the store's code is compiled: before that it is as slow as all that an append waits for. */
    private static final int WARMUPS = 200;
    private static final int WORDS = 30;

    private OneWriter() {
    }

    static void run(int rounds) throws IOException, InterruptedException {
        var random = new SplittableRandom(1);
        var line = new LineLength();
        try (var scratch = Scratch.make();
                var store = FileStore.open(FileStoreSettings.of(scratch.resolve("data")), line);
                var bare = new BareFile(scratch.resolve("bare"))) {
            var chat = new Chat(store, new Drafts(0));
            var conversation = chat.start("one writer");
            chat.append(conversation, random, WORDS);
            ByteBuffer sameBytes = BareFile.lines(1, line.bytes());

            Rounds.run("microseconds an append", WARMUPS, rounds, List.of(
                    Contender.timed("durable append", OPERATIONS,
                            () -> chat.append(conversation, random, WORDS)),
                    Contender.timed("bare write + force", OPERATIONS, () -> bare.writeAndForce(sameBytes))))
                    .print("One writer, lines of " + line.bytes() + " bytes",
                            List.of(new Target("durable append", "bare write + force", new Target.AtMost(1.2))));
        }
    }
}
