package dev.confab.benchmarks;

import dev.confab.benchmarks.harness.Chat;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.session.Activity;
import dev.confab.domain.work.UnitOfWork;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What an append costs before any storage: the decision, the checks and the change; beside the draft's digest alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class UnitOfWorkBenchmark {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Drafts ids = new Drafts(0);
    private final ConversationId id = new ConversationId(ids.nextId());
    private final MessageDraft draft = ids.draft(new SplittableRandom(1), 30);
    private final Empty empty = new Empty(Optional.of(Conversation.from(Conversation.start(id, Chat.OWNER,
            Optional.empty(), Metadata.EMPTY, Digest.of("create").build(), NOW))));

    @Benchmark
    public UnitOfWork.Outcome<Message> append() {
        return UnitOfWork.run(id, empty, tx -> {
            var appended = tx.conversation().append(draft, NOW);
            tx.record(appended);
            return appended.message();
        });
    }

    @Benchmark
    public Digest digest_of_the_draft() {
        return draft.digest();
    }

    private record Empty(Optional<Conversation> head) implements UnitOfWork.Stored {
        @Override
        public Optional<Message> message(MessageId messageId) {
            return Optional.empty();
        }

        @Override
        public Message messageAt(int position) {
            throw new IllegalStateException("there is no message");
        }

        @Override
        public Activity activity() {
            return Activity.NONE;
        }
    }
}
