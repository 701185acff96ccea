package dev.confab.adapter.persistence.contract.clause.move;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.sample.ConversationLifecycle;
import dev.confab.adapter.persistence.contract.sample.EdgeCaseTexts;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionLifecycle;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.StoredWindow;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.Turn;
import dev.confab.domain.work.Restoration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** M3: a conversation that was read in one store can be recorded in another. The other one is the reference store. */
public abstract class RestorationContract extends ContractTest {
    private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");
    private final ReferenceStore other = new ReferenceStore();

    @Test
    void a_conversation_is_restored_as_it_was_in_each_state_of_its_life_M3() {
        Map<ConversationId, StoredWindow> moved = new LinkedHashMap<>();
        var first = Samples.startedUntil(Samples.newConversationId(), Samples.title("a life"), LONG_AGO);
        List<ConversationEvent> life = ConversationLifecycle.startingWith(first);
        for (int states = 1; states < life.size(); states++) {
            ConversationId id = Samples.newConversationId();
            var again = ConversationLifecycle.startingWith(
                    Samples.startedUntil(id, Samples.title("a life of " + states + " states"), LONG_AGO));
            record(other, id, again.subList(0, states));
            moved.put(id, move(id));
        }

        nowAndAfterReopening(() -> moved.forEach((id, before) -> assertThat(read(id)).isEqualTo(before)));
        db().crash();
        moved.forEach((id, before) -> assertThat(read(id)).isEqualTo(before));
    }

    @Test
    void sessions_and_turns_are_restored_as_they_were_in_each_state_M3() {
        Map<ConversationId, StoredWindow> moved = new LinkedHashMap<>();
        int commits = SessionLifecycle.in(Samples.newConversationId()).size();
        for (int count = 1; count <= commits; count++) {
            ConversationId id = Samples.newConversationId();
            for (SessionLifecycle.Commit commit : SessionLifecycle.in(id).subList(0, count)) {
                other.transact(id, tx -> {
                    commit.events().forEach(tx::record);
                    commit.sessionEvents().forEach(tx::record);
                    return tx.activity();
                });
            }
            moved.put(id, move(id));
        }

        nowAndAfterReopening(() -> moved.forEach((id, before) -> assertThat(read(id)).isEqualTo(before)));
    }

    @Test
    void as_many_sessions_and_turns_as_there_may_be_are_restored_M3() {
        ConversationId id = Samples.newConversationId();
        other.transact(id, tx -> {
            tx.record(Samples.started(id));
            return true;
        });
        for (int i = 0; i < Activity.MAX_TURNS + 2; i++) {
            Session ended = SessionSamples.session(id);
            other.transact(id, SessionTransactions.begin(ended));
            Turn turn = other.transact(id, SessionTransactions.start(SessionSamples.newTurnId(), ended.id(),
                    draft("a prompt"), now(), lease()));
            other.transact(id, SessionTransactions.complete(turn.id(), 1, draft("a reply"), now()));
            other.transact(id, SessionTransactions.end(ended.id(), now()));
        }
        IntStream.range(0, Activity.MAX_SESSIONS).forEach(i -> other.transact(id, tx -> {
            tx.record(new SessionStarted(i % 3 == 0
                    ? SessionSamples.session(id, LONG_AGO)
                    : SessionSamples.session(id), now()));
            return true;
        }));

        StoredWindow before = move(id);
        assertThat(before.activity().sessions()).hasSize(Activity.MAX_SESSIONS);
        assertThat(before.activity().turns()).hasSize(Activity.MAX_TURNS);
        nowAndAfterReopening(() -> assertThat(read(id)).isEqualTo(before));
    }

    @Test
    void every_text_is_restored_character_for_character_M3() {
        ConversationId id = Samples.newConversationId();
        other.transact(id, tx -> {
            tx.record(Samples.started(id, ALICE, Samples.title(EdgeCaseTexts.cut(EdgeCaseTexts.SHORT.get(5), 200))));
            EdgeCaseTexts.ALL.forEach(text -> tx.record(tx.conversation().append(draft(text), now())));
            return true;
        });

        StoredWindow before = move(id);
        nowAndAfterReopening(() -> assertThat(read(id)).isEqualTo(before));
    }

    @Test
    void a_restored_conversation_in_the_bin_is_found_only_there_until_it_is_taken_out_M3() {
        ConversationId id = Samples.newConversationId();
        record(other, id, List.of(Samples.started(id)));
        other.transact(id, tx -> {
            tx.record(tx.conversation().append(draft("findable"), now()));
            tx.record(tx.conversation().delete(now()).orElseThrow());
            return true;
        });
        move(id);

        assertThat(reader().find(id, now())).isEmpty();
        assertThat(search("findable")).isEmpty();
        assertThat(list(ALICE, ListQuery.Sort.DELETED)).extracting(Conversation::id).containsExactly(id);
        restore(id);
        assertThat(texts(id)).containsExactly("findable");
        assertThat(search("findable")).hasSize(1);
        delete(id);
        purge(id);
        assertThat(everything().read(id, Window.first(1))).isEmpty();
    }

    @Test
    void a_restored_running_turn_keeps_its_lease_and_ends_with_it_M3() {
        ConversationId id = Samples.newConversationId();
        record(other, id, List.of(Samples.started(id)));
        Session session = other.transact(id, SessionTransactions.begin(SessionSamples.session(id)));
        Instant leaseUntil = lease();
        Turn turn = other.transact(id, SessionTransactions.start(SessionSamples.newTurnId(), session.id(),
                draft("a prompt"), now(), leaseUntil));
        move(id);

        assertThat(findTurn(turn)).contains(turn);
        assertThat(sessions().expiredLeases(leaseUntil.minusMillis(1), 10)).isEmpty();
        assertThat(sessions().expiredLeases(leaseUntil, 10)).containsExactly(id);
        assertThat(cancel(turn).isFinished()).isTrue();
        assertThat(startTurn(session).isFinished()).isFalse();
    }

    @Test
    void conversations_of_this_store_are_restored_in_another_M3() {
        ConversationId id = Samples.newConversationId();
        record(store(), id, ConversationLifecycle.startingWith(Samples.started(id)).subList(0, 9));
        begin(SessionSamples.session(id));

        StoredWindow here = read(id);
        restore(other, here);
        assertThat(other.stored().read(id, Window.first(Window.MAX_LIMIT))).contains(here);
    }

    /** Moves the conversation from the other store into this one, and returns it as it was there. */
    private StoredWindow move(ConversationId id) {
        StoredWindow there = other.stored().read(id, Window.first(Window.MAX_LIMIT)).orElseThrow();
        restore(store(), there);
        return there;
    }

    private static void restore(ConversationStore target, StoredWindow stored) {
        ConversationWindow window = stored.window();
        List<Message> messages = window.messages();
        target.transact(window.conversation().id(), tx -> {
            Restoration.record(tx, window.conversation(), stored.activity(), messages, now());
            return true;
        });
    }

    private static void record(ConversationStore store, ConversationId id, List<? extends ConversationEvent> events) {
        store.transact(id, tx -> {
            events.forEach(tx::record);
            return true;
        });
    }

    private StoredWindow read(ConversationId id) {
        return everything().read(id, Window.first(Window.MAX_LIMIT)).orElseThrow(
                () -> new AssertionError(
                        "conversation " + id + " is not stored, of " + everything().ids(Optional.empty(),
                                Optional.empty(), 10)));
    }
}
