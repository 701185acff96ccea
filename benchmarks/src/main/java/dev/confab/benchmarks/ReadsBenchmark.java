package dev.confab.benchmarks;

import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.benchmarks.harness.Chat;
import dev.confab.benchmarks.harness.Clients;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.benchmarks.harness.Scratch;
import dev.confab.benchmarks.harness.Texts;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Reads from a store of 10,000 conversations, one of them with 10,000 messages; compared with finding a head, the cheapest read. */
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ReadsBenchmark extends Microbenchmark {
    private static final int CONVERSATIONS = 10_000;
    private static final int BUILDERS = 64;

    private final Scratch scratch = Scratch.make();
    private final FileStore store = Stores.open(scratch.resolve("data"));
    private final ConversationId conversation = new ConversationId(new Drafts(-1).nextId());
    private final SplittableRandom random = new SplittableRandom(1);

    @Setup
    public void build() throws IOException, InterruptedException {
        var drafts = new Drafts(0);
        var chat = new Chat(store, drafts);
        Clients.run(BUILDERS, builder -> {
            var words = new SplittableRandom(builder);
            for (int i = builder; i < CONVERSATIONS; i += BUILDERS) {
                chat.start(new ConversationId(drafts.nextId()), Texts.text(words, 4), drafts.drafts(words, 3, 20));
            }
        });
        chat.start(conversation, "long", List.of());
        chat.appendAll(conversation, drafts.drafts(random, 10_000, 30));
    }

    @TearDown
    public void close() {
        store.close();
        scratch.close();
    }

    @Benchmark
    public Optional<Conversation> find_a_head() {
        return store.reader().find(conversation, Instant.now());
    }

    @Benchmark
    public Page<Conversation, ListQuery.Key> list_20_of_10000() {
        return store.reader().list(Chat.OWNER, new ListQuery(ListQuery.Sort.UPDATED, 20, Optional.empty()),
                Instant.now());
    }

    @Benchmark
    public ConversationWindow read_the_last_20_of_10000() {
        return store.reader().read(conversation, Window.last(20), Instant.now());
    }

    @Benchmark
    public ConversationWindow read_any_20_of_10000() {
        return store.reader().read(conversation, Window.after(random.nextInt(9_980), 20), Instant.now());
    }

    @Benchmark
    public Page<SearchHit, SearchQuery.Key> search_one_word() {
        return store.reader().search(Chat.OWNER,
                new SearchQuery(Texts.word(random.nextInt(20_000)), false, Optional.empty(), 20, Optional.empty()),
                Instant.now());
    }
}
