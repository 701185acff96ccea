package dev.confab.benchmarks.postgres;

import dev.confab.benchmarks.harness.Clients;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.benchmarks.harness.Figures;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageDraft;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/** 64 callers, a virtual thread each as in the server, who append one message each over and over, to any of the conversations. */
final class Callers {
    static final int COUNT = 64;
    private static final int WORDS = 30;
    private static final Duration ROUND = Duration.ofSeconds(2);

    private final Appender appender;
    private final List<ConversationId> conversations;
    private final Drafts drafts;
    private final List<Figures> latencies = new ArrayList<>();
    private final LongAdder appended = new LongAdder();

    Callers(Appender appender, List<ConversationId> conversations, Drafts drafts) {
        this.appender = appender;
        this.conversations = conversations;
        this.drafts = drafts;
    }

    /** One append to each, so that whoever remembers a conversation does. */
    void touchAll() throws IOException, InterruptedException {
        Clients.run(COUNT, caller -> {
            var random = new SplittableRandom(caller);
            for (int i = caller; i < conversations.size(); i += COUNT) {
                appender.append(conversations.get(i), drafts.draft(random, WORDS));
                appended.increment();
            }
        });
    }

    /** Appends a second. */
    double round() throws IOException, InterruptedException {
        var all = new ArrayList<LongStream>();
        long start = System.nanoTime();
        long end = start + ROUND.toNanos();
        Clients.run(COUNT, caller -> {
            LongStream nanos = appendUntil(end, new SplittableRandom(start + caller));
            synchronized (all) {
                all.add(nanos);
            }
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        long[] nanos = all.stream().flatMapToLong(one -> one).toArray();
        latencies.add(Figures.ofNanosInMicros(nanos));
        return nanos.length / seconds;
    }

    private LongStream appendUntil(long end, SplittableRandom random) {
        LongStream.Builder nanos = LongStream.builder();
        for (long before = System.nanoTime(); before < end; before = System.nanoTime()) {
            ConversationId id = conversations.get(random.nextInt(conversations.size()));
            MessageDraft draft = drafts.draft(random, WORDS);
            before = System.nanoTime();
            appender.append(id, draft);
            nanos.add(System.nanoTime() - before);
            appended.increment();
        }
        return nanos.build();
    }

    /** How many appends have returned, in all rounds and before. */
    long appended() {
        return appended.sum();
    }

    /** A percentile of each of the last rounds, in milliseconds. */
    Figures percentileMillis(double percent, int rounds) {
        return new Figures(latencies.subList(latencies.size() - rounds, latencies.size()).stream()
                .mapToDouble(round -> round.percentile(percent) / 1e3).toArray());
    }
}
