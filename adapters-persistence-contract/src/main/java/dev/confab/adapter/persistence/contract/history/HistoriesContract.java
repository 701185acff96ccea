package dev.confab.adapter.persistence.contract.history;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationException;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Window;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** S3, S5, S6, S7, S10: records many threads on one store and checks the history with {@link HistoryChecker}. */
public abstract class HistoriesContract extends ContractTest {
    private static final int THREADS = 8;
    private static final int STEPS = 40;

    @Test
    void the_history_of_many_threads_has_a_serial_order_S3_S5_S6_S7_S10() {
        for (long seed : new long[]{1, System.nanoTime()}) {
            var history = new History();
            List<ConversationId> ids = Stream.generate(Samples::newConversationId).limit(3).toList();
            List<MessageDraft> drafts = Stream.generate(() -> draft("shared")).limit(12).toList();
            StoreUnderTest db = opened(factory().open(lockTimeout()));
            RecordingStore store = history.recording(db.store());
            ConversationReader reader = history.recording(db.reader());
            ids.forEach(id -> store.transact(id, Transactions.begin(Samples.started(id))));

            TestThreads.run(THREADS, thread -> {
                var random = new Random(seed + thread);
                for (int step = 0; step < STEPS; step++) {
                    ConversationId id = ids.get(random.nextInt(ids.size()));
                    MessageDraft draft = random.nextBoolean()
                            ? draft("mine")
                            : drafts.get(random.nextInt(drafts.size()));
                    try {
                        step(random, store, reader, id, draft);
                    } catch (ConversationException answer) {
                        // a conflict or not found: the history contains it
                    }
                }
                return thread;
            });

            assertThatNoException().as("seed %d", seed).isThrownBy(() -> HistoryChecker.verify(history));
        }
    }

    private static void step(Random random, RecordingStore store, ConversationReader reader, ConversationId id,
            MessageDraft draft) {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> store.transact(id, Transactions.append(draft, now()));
            case 3 -> {
                Version expected = reader.find(id, now()).map(Conversation::version).orElse(Version.FIRST);
                store.transact(id, expected, Transactions.append(draft, Optional.of(expected), now()));
            }
            case 4 -> store.transact(id, Transactions.change(head -> random.nextInt(4) == 0
                    ? head.clear(now())
                    : head.rename(Samples.title("t" + now()), now())));
            case 5 -> store.transact(id, Transactions::version);
            case 6 -> {
                List<Message> messages = reader.read(id, Window.last(3), now()).messages();
                if (!messages.isEmpty()) {
                    store.transact(id, Transactions.edit(messages.getFirst(), "edited " + now(), now()));
                }
            }
            case 7 -> reader.changesSince(id, random.nextInt(20), now());
            case 8 -> reader.list(ALICE, new ListQuery(ListQuery.Sort.UPDATED, 10, Optional.empty()), now());
            default -> reader.read(id, Window.first(100), now());
        }
    }
}
