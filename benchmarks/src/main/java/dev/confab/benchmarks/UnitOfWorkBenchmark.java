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
import org.openjdk.jmh.annotations.Benchmark;

/** The time of an append without storage: the decision, the checks and the change; compared with the digest of the draft. */
public class UnitOfWorkBenchmark extends Microbenchmark {
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
