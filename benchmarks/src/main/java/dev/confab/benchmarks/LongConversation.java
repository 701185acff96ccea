package dev.confab.benchmarks;

import dev.confab.benchmarks.harness.Chat;
import dev.confab.benchmarks.harness.Contender;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.benchmarks.harness.Figures;
import dev.confab.benchmarks.harness.Rounds;
import dev.confab.benchmarks.harness.Scratch;
import dev.confab.benchmarks.harness.Target;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/** Appending to a conversation of 100,000 messages, compared with a conversation that is empty when the round starts. */
final class LongConversation {
    private static final int LENGTH = 100_000;
    private static final int OPERATIONS = 100;
    private static final int WORDS = 30;

    private LongConversation() {
    }

    static void run(int rounds) throws IOException, InterruptedException {
        var random = new SplittableRandom(1);
        try (var scratch = Scratch.make(); var store = Stores.open(scratch.resolve("data"))) {
            var drafts = new Drafts(0);
            var chat = new Chat(store, drafts);
            var full = chat.start("long");
            chat.appendAll(full, drafts.drafts(random, LENGTH, WORDS));

            Rounds.run("microseconds an append", 5, rounds, List.of(
                    new Contender("to 100,000 messages",
                            () -> Figures.timed(OPERATIONS, () -> chat.append(full, random, WORDS)).median()),
                    new Contender("to an empty conversation", () -> {
                        var empty = chat.start("short");
                        return Figures.timed(OPERATIONS, () -> chat.append(empty, random, WORDS)).median();
                    })))
                    .print("Length of the conversation", List.of(
                            new Target("to 100,000 messages", "to an empty conversation", new Target.AtMost(1.2))));
        }
    }
}
