package dev.confab.adapter.persistence.contract.clause.webhook;

import static dev.confab.adapter.persistence.contract.sample.WebhookSamples.webhook;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.WebhookStore;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import dev.confab.domain.webhook.Cursor;
import dev.confab.domain.webhook.EventType;
import dev.confab.domain.webhook.Progress;
import dev.confab.domain.webhook.Progress.Head;
import dev.confab.domain.webhook.Progress.Next;
import dev.confab.domain.webhook.TurnProgress;
import dev.confab.domain.webhook.Webhook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** W1 to W5 and W10: the events that are due for a webhook. */
public abstract class WebhookDueContract extends ContractTest {
    private final UUID holder = UUID.randomUUID();

    @Test
    void a_crash_never_sets_a_cursor_forward_W1() {
        Webhook webhook = claimed();
        ConversationId id = start();
        append(id, "one");
        append(id, "two");
        advance(webhook, id, 1);
        advance(webhook, id, 2);

        db().crash();

        assertThat(progress(webhook, id).cursor().version()).isLessThanOrEqualTo(2);
        assertThat(due(webhook)).containsExactly(id);
    }

    @Test
    void a_cursor_survives_a_normal_end_of_the_service_W3() {
        Webhook webhook = claimed();
        ConversationId id = start();
        Session session = begin(SessionSamples.session(id));
        complete(startTurn(session));
        Cursor reported = deliverAll(webhook, id);
        assertThat(reported.turn()).isPresent();
        ConversationId failing = start();
        Cursor tried = Cursor.NONE.failing(now());
        webhooks().advance(holder, webhook.id(), failing, tried);

        nowAndAfterReopening(() -> {
            assertThat(progress(webhook, id).cursor()).isEqualTo(reported);
            assertThat(progress(webhook, failing).cursor()).isEqualTo(tried);
            assertThat(due(webhook)).containsExactly(failing);
        });
    }

    @Test
    void every_instance_sees_an_advance_as_soon_as_it_returns_W2() {
        StoreUnderTest another = opened(db().another());
        Webhook webhook = claimed();
        ConversationId id = start();
        WebhookStore other = another.webhooks(WebhookStore.MAX_WEBHOOKS);
        for (int version = 1; version <= 5; version++) {
            advance(webhook, id, version);
            assertThat(other.progress(webhook.id(), id).orElseThrow().cursor().version()).isEqualTo(version);
            append(id, "text");
        }
        purge(delete(id).id());
        webhooks().forget(holder, webhook.id(), id);
        assertThat(other.due(webhook.id(), Optional.empty(), 10)).isEmpty();
    }

    @Test
    void only_events_after_the_creation_are_due_W4() {
        ConversationId before = startWith("old", "old");
        ConversationId inBin = startWith("old");
        delete(inBin);
        Session session = begin(SessionSamples.session(before));
        complete(startTurn(session));
        Turn running = startTurn(session);
        start(BOB);
        Webhook webhook = created();

        nowAndAfterReopening(() -> assertThat(due(webhook)).isEmpty());

        complete(running);
        restore(inBin);
        ConversationId after = start();
        nowAndAfterReopening(() -> assertThat(due(webhook))
                .containsExactlyElementsOf(Stream.of(before, inBin, after).sorted().toList()));
    }

    @Test
    void a_webhook_that_is_created_again_after_its_removal_begins_anew_W4() {
        Webhook webhook = created();
        ConversationId id = startWith("text");
        assertThat(due(webhook)).containsExactly(id);
        webhooks().remove(ALICE, webhook.id());

        webhooks().create(webhook);

        nowAndAfterReopening(() -> {
            assertThat(due(webhook)).isEmpty();
            assertThat(progress(webhook, id).cursor().version()).isEqualTo(2);
        });
    }

    @Test
    void a_removal_removes_the_cursors_W10() {
        Webhook webhook = claimed();
        ConversationId id = start();
        deliverAll(webhook, id);
        purge(delete(id).id());
        webhooks().remove(ALICE, webhook.id());

        webhooks().create(webhook);

        nowAndAfterReopening(() -> assertThat(progress(webhook, id).cursor()).isEqualTo(Cursor.NONE));
    }

    @Test
    void exactly_the_conversations_that_changed_are_due_page_by_page_W5() {
        Webhook webhook = claimed();
        List<ConversationId> ids = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            ids.add(n % 3 == 2 ? start() : startWith("text"));
        }
        start(BOB);
        for (int n = 0; n < ids.size(); n += 2) {
            deliverAll(webhook, ids.get(n));
        }
        append(ids.getFirst(), "new");
        List<ConversationId> expected = Stream
                .concat(Stream.of(ids.getFirst()), Stream.iterate(1, n -> n + 2).limit(6).map(ids::get))
                .sorted().toList();

        for (int limit : List.of(1, 2, 7, 100)) {
            List<ConversationId> all = new ArrayList<>();
            Optional<ConversationId> last = Optional.empty();
            List<ConversationId> page;
            do {
                page = webhooks().due(webhook.id(), last, limit);
                assertThat(page.size()).isLessThanOrEqualTo(limit);
                all.addAll(page);
                last = page.isEmpty() ? last : Optional.of(page.getLast());
            } while (!page.isEmpty());
            assertThat(all).isEqualTo(expected);
        }
    }

    @Test
    void the_progress_is_the_state_of_the_conversation_W5() {
        Webhook webhook = created();
        ConversationId id = startWith("text");
        Session session = begin(SessionSamples.session(id));
        complete(startTurn(session));
        askApproval(startTurn(session), lease(), "call");
        assertShown(webhook, id, false);
        Turn queued = store().transact(id, SessionTransactions.queue(SessionSamples.newTurnId(), session.id(),
                List.of(draft("queued")), now()));
        assertShown(webhook, id, false);
        cancel(queued);
        assertShown(webhook, id, false);
        cancel(activity(id).openTurn().orElseThrow());
        assertShown(webhook, id, false);
        delete(id);
        assertShown(webhook, id, true);
        purge(id);
        assertThat(progress(webhook, id)).isEqualTo(new Progress(id, Cursor.NONE, Optional.empty(), List.of()));
        ConversationId ofBob = start(BOB);
        assertThat(progress(webhook, ofBob)).isEqualTo(new Progress(ofBob, Cursor.NONE, Optional.empty(), List.of()));
    }

    private void assertShown(Webhook webhook, ConversationId id, boolean deleted) {
        var head = store().transact(id, tx -> tx.find().orElseThrow());
        List<TurnProgress> turns = activityInside(id).turns().stream().map(TurnProgress::of).toList();
        StoreUnderTest other = opened(db().another());
        for (StoreUnderTest instance : List.of(db(), other)) {
            assertThat(instance.webhooks(WebhookStore.MAX_WEBHOOKS).progress(webhook.id(), id))
                    .contains(new Progress(id, Cursor.NONE,
                            Optional.of(new Head(head.version().value(), deleted, head.updatedAt())), turns));
        }
    }

    @Test
    void turns_that_ended_or_wait_are_due_and_turns_that_run_are_not_W5() {
        Webhook webhook = claimed();
        ConversationId id = start();
        Session session = begin(SessionSamples.session(id));
        Turn first = startTurn(session);
        deliverAll(webhook, id);
        assertThat(due(webhook)).isEmpty();
        Turn waiting = askApproval(first, lease(), "call");
        assertThat(due(webhook)).containsExactly(id);
        deliverAll(webhook, id);
        assertThat(due(webhook)).isEmpty();
        cancel(waiting);
        Turn second = startTurn(session);
        deliverVersions(webhook, id);
        assertThat(due(webhook)).as("the first turn ended, the second runs").containsExactly(id);
        deliverAll(webhook, id);
        assertThat(due(webhook)).isEmpty();
        change(second, open -> open.renew(open.step(), lease(), "partial", now()));
        assertThat(due(webhook)).isEmpty();
    }

    @Test
    void a_purged_conversation_is_due_until_its_cursor_is_forgotten_W5() {
        Webhook webhook = claimed();
        ConversationId reported = start();
        ConversationId untold = start();
        deliverAll(webhook, reported);
        purge(delete(reported).id());
        purge(delete(untold).id());

        nowAndAfterReopening(() -> assertThat(due(webhook)).containsExactly(reported));
        claimAgain(webhook);

        assertThat(webhooks().forget(holder, webhook.id(), reported)).isTrue();
        nowAndAfterReopening(() -> assertThat(due(webhook)).isEmpty());
    }

    @Test
    void a_conversation_that_was_created_again_is_due_W5() {
        Webhook webhook = claimed();
        ConversationId id = startWith("one", "two");
        deliverAll(webhook, id);
        var first = store().transact(id, tx -> tx.find().orElseThrow());
        purge(delete(id).id());

        create(Samples.started(id, ALICE, Optional.empty()));

        assertThat(first.version().value()).isEqualTo(3);
        assertThat(due(webhook)).containsExactly(id);
        assertThat(progress(webhook, id).next(EventType.SUBSCRIBABLE, now())).isInstanceOf(Next.SendLast.class);
    }

    private Webhook created() {
        return webhooks().create(webhook(ALICE));
    }

    private Webhook claimed() {
        Webhook created = created();
        claimAgain(created);
        return created;
    }

    private void claimAgain(Webhook webhook) {
        webhooks().release(holder);
        assertThat(webhooks().claim(holder, now().plusSeconds(7_200), now().plusSeconds(10_800), 10))
                .extracting(Webhook::id).contains(webhook.id());
    }

    private Progress progress(Webhook webhook, ConversationId id) {
        return webhooks().progress(webhook.id(), id).orElseThrow();
    }

    private List<ConversationId> due(Webhook webhook) {
        return webhooks().due(webhook.id(), Optional.empty(), 100);
    }

    private void advance(Webhook webhook, ConversationId id, long version) {
        assertThat(webhooks().advance(holder, webhook.id(), id, Cursor.upTo(version, List.of()))).isTrue();
    }

    private void deliverVersions(Webhook webhook, ConversationId id) {
        Progress now = progress(webhook, id);
        assertThat(webhooks().advance(holder, webhook.id(), id,
                new Cursor(now.head().orElseThrow().version(), now.cursor().turn(), Optional.empty()))).isTrue();
    }

    /** Moves the cursor event by event until nothing is due, and returns it. */
    private Cursor deliverAll(Webhook webhook, ConversationId id) {
        while (true) {
            Progress progress = progress(webhook, id);
            switch (progress.next(EventType.SUBSCRIBABLE, now())) {
                case Next.Nothing _ -> {
                    return progress.cursor();
                }
                case Next.Send send ->
                    assertThat(webhooks().advance(holder, webhook.id(), id, send.after())).isTrue();
                case Next.Skip skip ->
                    assertThat(webhooks().advance(holder, webhook.id(), id, skip.after())).isTrue();
                case Next.SendLast _,Next.Forget _ ->
                    assertThat(webhooks().forget(holder, webhook.id(), id)).isTrue();
            }
        }
    }
}
