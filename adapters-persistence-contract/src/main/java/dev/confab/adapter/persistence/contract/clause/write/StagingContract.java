package dev.confab.adapter.persistence.contract.clause.write;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.WebhookSamples;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent.StagingCompleted;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Window;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.work.Staging;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** S21: a conversation that is created in several transactions appears as a whole with the last one. */
public abstract class StagingContract extends ContractTest {
    private static final int STEP = 19;
    private static final int STEPS = 5;
    private static final long VERSION = 1_000;

    private final ConversationId id = Samples.newConversationId();
    private final Conversation head = Samples.complete(id, "a staged needle", STEP * STEPS, VERSION);
    private final List<Message> all = IntStream.rangeClosed(1, STEP * STEPS)
            .mapToObj(n -> Samples.message(n, "needle " + n, n)).toList();

    @Test
    void no_reader_sees_a_staged_conversation_S21() {
        begin();
        for (int step = 0; step < STEPS; step++) {
            stage(step);
            nowAndAfterReopening(this::assertInvisible);
        }
        assertThat(staged().messageCount()).isEqualTo(STEP * STEPS);
    }

    private void assertInvisible() {
        assertThat(reader().find(id, now())).isEmpty();
        assertNotFound(() -> reader().read(id, Window.first(1), now()));
        assertNotFound(() -> reader().read(id, all.getFirst().id(), now()));
        assertNotFound(() -> reader().changesSince(id, 0, now()));
        for (ListQuery.Sort sort : ListQuery.Sort.values()) {
            assertThat(list(ALICE, sort)).isEmpty();
        }
        assertThat(search("needle")).isEmpty();
        assertNotFound(() -> sessions().activity(id, now()));
    }

    @Test
    void a_completed_conversation_is_there_as_a_whole_S21() {
        create();

        nowAndAfterReopening(() -> {
            assertThat(head(id)).isEqualTo(head);
            assertThat(messages(id)).isEqualTo(all);
            assertThat(list(ALICE, ListQuery.Sort.UPDATED)).containsExactly(head);
            assertThat(search("needle")).hasSize(all.size() + 1);
            assertThat(reader().changesSince(id, VERSION - 1, now()).messages()).isEmpty();
            assertThat(reader().changesSince(id, STEP * STEPS - 3, now()).messages())
                    .isEqualTo(all.subList(all.size() - 3, all.size()));
        });
        Message next = append(id, "after all");
        assertThat(next.position()).isEqualTo(all.size() + 1);
        assertThat(next.version().value()).isEqualTo(VERSION + 1);
    }

    @Test
    void what_was_staged_survives_a_crash_and_can_be_continued_S21() {
        begin();
        stage(0);
        stage(1);

        db().crash();

        assertInvisible();
        assertThat(staged().messageCount()).isEqualTo(2 * STEP);
        for (int step = 2; step < STEPS; step++) {
            stage(step);
        }
        complete();
        db().crash();
        assertThat(head(id)).isEqualTo(head);
        assertThat(messages(id)).isEqualTo(all);
    }

    @Test
    void attempts_that_meet_store_each_message_once_S21() {
        begin();
        TestThreads.run(4, _ -> {
            IntStream.range(0, STEPS).forEach(this::stage);
            return true;
        });
        complete();

        assertThat(messages(id)).isEqualTo(all);
    }

    @Test
    void a_staged_conversation_is_found_for_sweeping_and_for_moving_and_is_counted_S21() {
        begin();
        stage(0);

        assertThat(sessions().expiredSessions(now(), 10)).containsExactly(id);
        assertThat(everything().ids(Optional.empty(), Optional.empty(), 10)).containsExactly(id);
        assertThat(everything().read(id, Window.first(1)).orElseThrow().window().conversation().isStaged()).isTrue();
        assertThat(db().usages().usage(ALICE).messages()).isEqualTo(STEP);
    }

    @Test
    void a_purged_one_leaves_nothing_and_frees_its_id_S21() {
        begin();
        stage(0);
        store().transact(id, tx -> {
            tx.record(tx.find().orElseThrow().delete(now()).orElseThrow());
            tx.record(tx.find().orElseThrow().purge(now()));
            return true;
        });

        nowAndAfterReopening(() -> {
            assertThat(sessions().expiredSessions(now(), 10)).isEmpty();
            assertThat(db().usages().usage(ALICE).messages()).isZero();
        });
        create();
        assertThat(messages(id)).isEqualTo(all);
    }

    @Test
    void no_webhook_is_told_before_it_is_complete_S21() {
        Webhook before = webhooks().create(WebhookSamples.webhook(ALICE));
        begin();
        stage(0);
        Webhook during = webhooks().create(WebhookSamples.webhook(ALICE));
        assertThat(due(before)).isEmpty();
        assertThat(due(during)).isEmpty();
        for (int step = 1; step < STEPS; step++) {
            stage(step);
        }

        complete();

        nowAndAfterReopening(() -> {
            assertThat(due(before)).containsExactly(id);
            assertThat(due(during)).containsExactly(id);
        });
    }

    @Test
    void no_listener_is_told_before_it_is_complete_S21() {
        var heard = new ConcurrentLinkedQueue<ChangeFeed.Hint>();
        try (var _ = db().feed().subscribe(heard::add)) {
            begin();
            stage(0);
            ConversationId other = start();
            TestThreads.await(() -> heard.stream().anyMatch(hint -> hint.conversation().equals(other)));
            assertThat(heard).noneMatch(hint -> hint.conversation().equals(id));
            for (int step = 1; step < STEPS; step++) {
                stage(step);
            }
            complete();
            TestThreads.await(() -> heard.stream().anyMatch(hint -> hint.conversation().equals(id)));
        }
    }

    @Test
    void only_a_staged_conversation_is_staged_or_completed_and_only_with_all_its_messages_S21() {
        ConversationId other = startWith("live");
        Conversation live = head(other);
        assertRejected(() -> store().transact(other, tx -> {
            tx.record(Staging.add(live, List.of(Samples.message(2, "more", 1)), now()));
            return true;
        }));
        assertRejected(() -> store().transact(other, tx -> {
            tx.record(new StagingCompleted(live, now()));
            return true;
        }));
        begin();
        stage(0);
        assertRejected(this::complete);
        assertRejected(() -> stage(2));
        Message known = all.getFirst();
        Message again = new Message(known.id(), STEP + 1, known.role(), known.text(), known.data(), known.metadata(),
                known.createdAt(), known.editedAt(), known.version(), known.digest());
        assertRejected(() -> store().transact(id, tx -> {
            tx.record(Staging.add(tx.find().orElseThrow(), List.of(again), now()));
            return true;
        }));

        assertThat(messages(other)).hasSize(1);
        assertThat(staged().messageCount()).isEqualTo(STEP);
    }

    private void assertRejected(Runnable use) {
        assertThatIllegalArgumentException().isThrownBy(use::run);
    }

    private void create() {
        begin();
        for (int step = 0; step < STEPS; step++) {
            stage(step);
        }
        complete();
    }

    private void begin() {
        create(Staging.begin(head, Samples.digest("content of " + id), now()));
    }

    /** Stages a step, unless another attempt has. */
    private void stage(int step) {
        store().transact(id, tx -> {
            Conversation staged = tx.find().orElseThrow();
            if (staged.messageCount() < (step + 1) * STEP) {
                tx.record(Staging.add(staged, all.subList(step * STEP, (step + 1) * STEP), now()));
            }
            return true;
        });
    }

    private void complete() {
        store().transact(id, tx -> {
            tx.record(Staging.complete(tx.find().orElseThrow(), head, now()));
            return true;
        });
    }

    private Conversation staged() {
        Conversation staged = store().transact(id, tx -> tx.find().orElseThrow());
        assertThat(staged.isStaged()).isTrue();
        assertThat(staged.version()).isEqualTo(head.version());
        return staged;
    }

    private List<ConversationId> due(Webhook webhook) {
        return webhooks().due(webhook.id(), Optional.empty(), 10);
    }
}
