package dev.confab.benchmarks.postgres;

import dev.confab.benchmarks.harness.Clients;
import dev.confab.benchmarks.harness.Contender;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.benchmarks.harness.Load;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageDraft;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/** 64 callers that append one message each, over and over, to random conversations of {@link Seed}. */
final class Callers {
    static final int COUNT = 64;
    private static final int WORDS = 30;
    private static final Duration ROUND = Duration.ofSeconds(2);

    private final String name;
    private final BiConsumer<ConversationId, MessageDraft> append;
    private final List<ConversationId> conversations;
    private final Drafts drafts;
    private final Load load;

    /** @param append appends durably */
    Callers(String name, BiConsumer<ConversationId, MessageDraft> append, List<ConversationId> conversations,
            Drafts drafts) {
        this.name = name;
        this.append = append;
        this.conversations = conversations;
        this.drafts = drafts;
        this.load = new Load(COUNT, ROUND, (_, random) -> {
            ConversationId id = conversations.get(random.nextInt(conversations.size()));
            MessageDraft draft = drafts.draft(random, WORDS);
            return () -> append.accept(id, draft);
        });
    }

    /** Appends once to each conversation, so that a store that caches them has done so. */
    void touchAll() throws IOException, InterruptedException {
        Clients.run(COUNT, caller -> {
            var random = new SplittableRandom(caller);
            for (int i = caller; i < conversations.size(); i += COUNT) {
                append.accept(conversations.get(i), drafts.draft(random, WORDS));
            }
        });
    }

    Contender contender() {
        return new Contender(name, load::round);
    }

    /** How many appends have returned, {@link #touchAll} included. */
    long appended() {
        return conversations.size() + load.operations();
    }

    /** Prints percentiles of the last rounds, as the median over the rounds with its quartiles. */
    void printLatency(int rounds) {
        System.out.printf(Locale.ROOT, "  %-46s p50 %s ms   p99 %s ms%n", name,
                load.percentileMillis(50, rounds).summary("%.1f"), load.percentileMillis(99, rounds).summary("%.1f"));
    }
}
