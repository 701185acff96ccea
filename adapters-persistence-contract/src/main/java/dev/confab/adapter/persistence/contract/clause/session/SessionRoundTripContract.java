package dev.confab.adapter.persistence.contract.clause.session;

import static dev.confab.adapter.persistence.contract.sample.EdgeCaseTexts.cut;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.sample.EdgeCaseTexts;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionLifecycle;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.SessionEvent;
import dev.confab.domain.session.Session.TokenBudget;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnOutput;
import dev.confab.domain.session.TurnState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** S17: readers return sessions and turns unchanged, also after a crash. */
public abstract class SessionRoundTripContract extends ContractTest {

    @Test
    void readers_return_the_state_the_domain_computes_after_each_kind_of_session_event_S17() {
        ConversationId id = Samples.newConversationId();
        for (SessionLifecycle.Commit commit : SessionLifecycle.in(id)) {
            record(id, commit);
            assertThat(reader().find(id, now())).contains(commit.head());
            assertSame(id, commit.after());
        }
    }

    @Test
    void the_tests_of_this_clause_use_every_kind_of_session_event_and_turn_state_S17() {
        List<SessionLifecycle.Commit> life = SessionLifecycle.in(Samples.newConversationId());
        Set<Class<?>> events = life.stream().flatMap(commit -> commit.sessionEvents().stream())
                .<Class<?>>map(Object::getClass).collect(Collectors.toSet());
        Set<Class<?>> states = life.stream().flatMap(commit -> commit.after().turns().stream())
                .<Class<?>>map(turn -> turn.state().getClass()).collect(Collectors.toSet());

        assertThat(events).containsExactlyInAnyOrder(SessionEvent.class.getPermittedSubclasses());
        assertThat(states).containsExactlyInAnyOrder(TurnState.class.getPermittedSubclasses());
    }

    @Test
    void sessions_and_turns_survive_crashes_and_reopening_S17() {
        ConversationId id = Samples.newConversationId();
        List<SessionLifecycle.Commit> life = SessionLifecycle.in(id);
        Set<Object> covered = new HashSet<>();
        for (SessionLifecycle.Commit commit : life) {
            record(id, commit);
            // Reopening can take long, so only after each commit with a new combination of event and turn state.
            if (covered.add(kind(commit))) {
                db().crash();
                assertSame(id, commit.after());
            }
        }
        db().reopen();
        assertSame(id, life.getLast().after());
    }

    private static Object kind(SessionLifecycle.Commit commit) {
        return List.of(commit.sessionEvents().getLast().getClass(),
                commit.after().turns().stream().reduce((first, last) -> last).map(turn -> turn.state().getClass()));
    }

    @Test
    void all_session_events_in_one_commit_lead_to_the_same_state_S17() {
        ConversationId id = Samples.newConversationId();
        List<SessionLifecycle.Commit> life = SessionLifecycle.in(id);

        record(id, life.toArray(SessionLifecycle.Commit[]::new));

        nowAndAfterReopening(() -> assertSame(id, life.getLast().after()));
    }

    @Test
    void edge_case_texts_of_a_session_are_returned_unchanged_S17() {
        ConversationId id = start();
        List<Session> begun = new ArrayList<>();
        for (String text : EdgeCaseTexts.ALL) {
            String part = cut(text, 200);
            var settings = new Settings(Samples.title(part.isEmpty() ? "x" : part),
                    Optional.of(cut(text, Session.MAX_INSTRUCTIONS_BYTES / 4)),
                    part.isEmpty() ? Optional.empty() : Optional.of(cut(text, Session.MAX_MODEL_LENGTH / 2)),
                    Optional.of(new TokenBudget(text.isEmpty() ? 1 : TokenBudget.MAX)),
                    new ContextVariables(cut(text, ContextVariables.MAX_BYTES / 4)));
            begun.add(begin(SessionSamples.session(id).change(any -> settings, now()).orElseThrow()));
        }

        nowAndAfterReopening(() -> assertThat(activity(id).sessions().equals(begun)).isTrue());
        for (Session session : begun) {
            assertThat(findSession(session.id(), now()).orElseThrow().equals(session)).isTrue();
        }
    }

    @Test
    void edge_case_texts_of_a_turn_are_returned_unchanged_S17() {
        Session session = beginSession();
        // One text of 1 MiB is enough here: turns are not searched, so it does not matter which words it has.
        List<String> texts = Stream.concat(EdgeCaseTexts.SHORT.stream(), Stream.of(EdgeCaseTexts.EMOJI_OF_1_MIB))
                .toList();
        for (String text : texts) {
            Turn turn = startTurn(session);
            assertRead(change(turn, t -> t.renew(1, lease(), text, now())));
            String name = text.isEmpty() ? "x" : cut(text, 30);
            ToolCall call = ToolCall.asked(name, name, cut(text, ToolCall.MAX_ARGUMENTS_BYTES / 4), true);
            var answer = new Approval(true, Optional.of(cut(text, Approval.MAX_REASON_LENGTH / 2)));
            String result = cut(text, ToolCall.MAX_RESULT_BYTES / 4);
            assertRead(ask(turn, t -> List.of(new ToolRound(text, List.of(call)))));
            assertRead(change(turn, t -> t.answer(name, answer, lease(), now()).orElseThrow()));
            assertRead(ask(turn, t -> List.of(t.rounds().getFirst().map(each -> each.withResult(result)),
                    new ToolRound("", SessionSamples.round(false, "one more").calls()))));
            assertRead(change(turn,
                    t -> t.fail(new TurnFailure("hard", cut(text, TurnFailure.MAX_DETAIL_LENGTH / 2)), now())));
        }
        Activity before = activity(session.conversationId());
        db().reopen();
        assertThat(activity(session.conversationId()).equals(before)).isTrue();
    }

    @Test
    void the_largest_possible_turn_is_returned_unchanged_S17() {
        Session session = beginSession();
        Turn turn = startTurn(session);
        List<ToolRound> rounds = new ArrayList<>();
        for (int n = 0; n < Turn.MAX_ROUNDS; n++) {
            String arguments = "x".repeat(n * 100);
            rounds.add(new ToolRound("x".repeat(10_000), Stream.generate(() -> ToolCall
                    .asked(SessionSamples.newTurnId().toString(), "t".repeat(64), arguments, false))
                    .limit(ToolRound.MAX_CALLS).toList()));
            assertRead(ask(turn, t -> rounds));
        }

        db().reopen();
        assertThat(activity(turn.conversationId()).turn(turn.id()).calls()).hasSize(8 * 16);
    }

    @Test
    void a_result_that_a_renewal_adds_is_there_when_another_instance_ends_the_turn_S17() {
        Turn turn = startTurn(beginSession());
        StoreUnderTest other = opened(db().another());
        assertRead(ask(turn, _ -> List.of(SessionSamples.round(false, "one", "two"))));
        Turn renewed = change(turn, t -> t.renew(t.step(), lease(), new TurnOutput(List.of(t.rounds().getFirst()
                .map(call -> call.id().equals("one") ? call.withResult("done") : call)), "text"), now()));

        assertThat(other.sessions().activity(turn.conversationId(), now()).turn(turn.id())).isEqualTo(renewed);
        nowAndAfterReopening(() -> assertRead(renewed));
    }

    @Test
    void the_messages_of_the_largest_turn_are_committed_with_its_end_S17() {
        Turn turn = startTurn(beginSession());
        ConversationId id = turn.conversationId();
        List<ToolRound> rounds = new ArrayList<>();
        for (int n = 0; n < Turn.MAX_ROUNDS; n++) {
            rounds.add(SessionSamples.round(false, IntStream.range(n * ToolRound.MAX_CALLS,
                    (n + 1) * ToolRound.MAX_CALLS).mapToObj(call -> "call-" + call).toArray(String[]::new)));
            ask(turn, _ -> rounds);
        }
        String result = "é".repeat(ToolCall.MAX_RESULT_BYTES / 2);
        var output = new TurnOutput(rounds.stream().map(round -> round.map(call -> call.withResult(result))).toList(),
                "x".repeat(100_000));
        List<MessageDraft> drafts = Stream.concat(
                output.roundMessages().stream().map(part -> new MessageDraft(turn.id().messageId(part.name(), 1),
                        part.role(), part.text(), Optional.of(part.data()), Metadata.EMPTY)),
                Stream.of(MessageDraft.of(turn.id().replyId(), Role.ASSISTANT, output.replyText()))).toList();

        Turn ended = store().transact(id, SessionTransactions.turn(turn.id(), t -> Optional.of(t.complete(t.step(),
                t.id().replyId(), output.rounds(), Optional.empty(), now())), drafts));

        nowAndAfterReopening(() -> {
            assertRead(ended);
            assertThat(head(id).messageCount()).isEqualTo(1 + ended.messageIds().size());
            assertThat(reader().read(id, ended.messageIds().get(1), now()).messages()).singleElement()
                    .returns(result, Message::text).returns(3, Message::position);
        });
    }

    @Test
    void a_turn_has_the_id_of_its_reply_from_its_start_S17() {
        Turn turn = startTurn(beginSession());

        nowAndAfterReopening(() -> assertThat(findTurn(turn).orElseThrow().replyId()).contains(turn.id().replyId()));
        assertThat(complete(turn).isFinished()).isTrue();
    }

    @Test
    void only_the_latest_turns_are_kept_S17() {
        Session session = beginSession();
        ConversationId id = session.conversationId();
        List<Turn> all = new ArrayList<>();
        for (int n = 0; n < Activity.MAX_TURNS + 3; n++) {
            all.add(cancel(startTurn(session)));
        }

        nowAndAfterReopening(() -> {
            assertSame(id, new Activity(List.of(session), all.subList(3, all.size())));
            assertThat(findTurn(all.get(2))).isEmpty();
        });
    }

    @Test
    void sessions_and_turns_stay_in_the_order_of_recording_even_if_clocks_differ_S17() {
        ConversationId id = start();
        Session first = begin(SessionSamples.session(id));
        Session second = begin(SessionSamples.session(SessionSamples.newSessionId(), id, ALICE,
                new Lifetime.Permanent(), first.createdAt().minusSeconds(5)));
        Turn ended = cancel(startTurn(first));
        Turn open = store().transact(id, SessionTransactions.start(SessionSamples.newTurnId(), second.id(),
                draft("by a slow clock"), ended.startedAt().minusSeconds(5), lease()));
        Activity model = new Activity(List.of(first, second), List.of(ended, open));

        nowAndAfterReopening(() -> {
            assertActivity(id, model);
            assertThat(sessions().session(ALICE, second.id(), now()))
                    .contains(new SessionView(second, Optional.of(open)));
        });
    }

    /** Records the commits in one transaction. */
    private void record(ConversationId id, SessionLifecycle.Commit... commits) {
        store().transact(id, tx -> {
            for (SessionLifecycle.Commit commit : commits) {
                commit.events().forEach(tx::record);
                commit.sessionEvents().forEach(tx::record);
                assertThat(tx.activity()).isEqualTo(commit.after());
            }
            return true;
        });
    }

    private Turn ask(Turn turn, Function<Turn, List<ToolRound>> rounds) {
        return change(turn, t -> t.ask(t.step(), rounds.apply(t), Optional.empty(), lease(), now()));
    }

    private void assertRead(Turn turn) {
        assertThat(findTurn(turn).orElseThrow().equals(turn)).isTrue();
        assertThat(activityInside(turn.conversationId()).turn(turn.id()).equals(turn)).isTrue();
    }

    /** Compares the results of all readers with the model. */
    private void assertSame(ConversationId id, Activity model) {
        assertActivity(id, model);
        List<SessionView> views = model.sessions().stream()
                .map(session -> new SessionView(session, model.latestTurn(session.id()))).toList();
        assertThat(sessions().sessions(ALICE, new SessionQuery(100, Optional.empty()), now()).items())
                .containsExactlyElementsOf(views.reversed());
        views.forEach(view -> assertThat(sessions().session(ALICE, view.session().id(), now())).contains(view));
        model.turns().forEach(turn -> assertThat(findTurn(turn)).contains(turn));
    }

    private void assertActivity(ConversationId id, Activity model) {
        assertThat(activity(id)).isEqualTo(model);
        assertThat(activityInside(id)).isEqualTo(model);
    }
}
