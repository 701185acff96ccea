package dev.confab.adapter.persistence.contract.clause.session;

import static dev.confab.adapter.persistence.contract.sample.SessionSamples.newSessionId;
import static dev.confab.adapter.persistence.contract.sample.SessionSamples.session;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** S17: pages of sessions and the current session. */
public abstract class SessionListingContract extends ContractTest {

    @Test
    void each_session_appears_once_over_the_pages_latest_first_S17() {
        List<ConversationId> ids = Stream.generate(this::start).limit(3).toList();
        List<Session> begun = IntStream.range(0, 13).mapToObj(n -> begin(session(ids.get(n % 3)))).toList();

        for (int limit : List.of(1, 4, 12, 13, 14, 100)) {
            assertThat(listed(ALICE, limit)).containsExactlyElementsOf(begun.reversed());
        }
        assertThat(page(ALICE, 13).next()).isEmpty();
        assertThat(page(ALICE, 12).next()).contains(SessionQuery.keyOf(begun.get(1)));
    }

    @Test
    void sessions_of_the_same_time_are_sorted_by_id_and_conversation_S17() {
        List<ConversationId> ids = Stream.generate(this::start).limit(3).toList();
        Instant same = now();
        List<SessionId> sessionIds = Stream.generate(SessionSamples::newSessionId).limit(3).toList();
        List<Session> sorted = sessionIds.stream().flatMap(id -> ids.stream().map(in -> alices(id, in, same))).toList();
        sorted.reversed().forEach(this::begin);

        for (int limit : List.of(1, 2, 3, 9)) {
            assertThat(listed(ALICE, limit)).containsExactlyElementsOf(sorted);
        }
    }

    @Test
    void pages_stay_correct_while_sessions_begin_change_and_end_S17() {
        ConversationId id = start();
        List<Session> begun = IntStream.range(0, 7).mapToObj(n -> begin(session(id))).toList();
        var first = page(ALICE, 3);

        beginSession();
        activate(begun.get(2));
        end(begun.get(1));
        end(begun.get(4));

        assertThat(sessions().sessions(ALICE, new SessionQuery(10, first.next()), now()).items())
                .extracting(view -> view.session().id())
                .containsExactly(begun.get(3).id(), begun.get(2).id(), begun.get(0).id());
    }

    @Test
    void a_session_is_listed_with_its_latest_turn_S17() {
        ConversationId id = start();
        Session one = begin(session(id));
        Session other = begin(session(id));
        Session idle = begin(session(id));
        Turn first = cancel(startTurn(one));
        Turn second = cancel(startTurn(other));
        Turn third = startTurn(one);

        assertThat(page(ALICE, 10).items()).containsExactly(new SessionView(idle, Optional.empty()),
                new SessionView(other, Optional.of(second)), new SessionView(one, Optional.of(third)));
        assertThat(findTurn(first)).contains(first);
        end(one);
        assertThat(findTurn(first)).contains(first);
        assertThat(activity(id).turns()).hasSize(3);
    }

    @Test
    void the_current_session_is_the_one_activated_last_S17() {
        assertThat(sessions().current(ALICE, now())).isEmpty();
        Session first = beginSession();
        Session second = beginSession();
        assertThat(current(ALICE)).contains(second.id());

        activate(first);
        assertThat(current(ALICE)).contains(first.id());
        db().reopen();
        assertThat(current(ALICE)).contains(first.id());
        begin(alices(newSessionId(), start(), first.createdAt().minusSeconds(60)));
        assertThat(current(ALICE)).contains(first.id());
        end(first);
        assertThat(current(ALICE)).contains(second.id());
        delete(second.conversationId());
        assertThat(current(ALICE)).isPresent().isNotEqualTo(Optional.of(second.id()));
        restore(second.conversationId());
        assertThat(current(ALICE)).contains(second.id());
    }

    @Test
    void the_highest_id_decides_which_of_sessions_activated_at_the_same_time_is_current_S17() {
        List<ConversationId> ids = Stream.generate(this::start).limit(2).toList();
        Instant same = now();
        Session low = begin(alices(newSessionId(), ids.getFirst(), same));
        Session high = begin(alices(newSessionId(), ids.getLast(), same));
        assertThat(current(ALICE)).contains(high.id());
        begin(alices(high.id(), ids.getFirst(), same));
        assertThat(sessions().current(ALICE, now()).map(SessionView::session)).contains(high);

        Instant later = now();
        for (Session session : List.of(high, low)) {
            store().transact(session.conversationId(),
                    SessionTransactions.change(session.id(), s -> s.activate(later), now()));
        }
        assertThat(current(ALICE)).contains(high.id());
    }

    @Test
    void session_ids_are_scoped_to_their_conversation_and_the_earliest_session_is_found_S17() {
        List<ConversationId> ids = Stream.generate(this::start).limit(3).toList();
        SessionId id = newSessionId();
        Instant same = now();
        Session low = alices(id, ids.get(0), same);
        Session high = begin(alices(id, ids.get(1), same));
        begin(alices(id, ids.get(2), now()));
        assertThat(findSession(id, now())).contains(high);
        begin(low);
        assertThat(findSession(id, now())).contains(low);

        Session renamed = store().transact(high.conversationId(), SessionTransactions.change(id,
                s -> s.makePermanent(Samples.title("changed"), now()).orElseThrow(), now()));
        assertThat(activity(high.conversationId()).sessions()).containsExactly(renamed);
        assertThat(activity(low.conversationId()).sessions()).containsExactly(low);
        end(low);
        assertThat(findSession(id, now())).contains(renamed);
    }

    @Test
    void turn_ids_are_scoped_to_their_conversation_S17() {
        Turn first = startTurn(beginSession());
        Session other = beginSession();
        ConversationId in = other.conversationId();
        Turn second = store().transact(in,
                SessionTransactions.start(first.id(), other.id(), draft("x"), now(), lease()));

        assertThat(findTurn(first)).contains(first);
        assertThat(activity(in).turns()).containsExactly(second);
        Turn cancelled = cancel(second);
        assertThat(activity(first.conversationId()).turns()).containsExactly(first);
        delete(in);
        assertThat(findTurn(first)).contains(first);
        restore(in);
        store().transact(first.conversationId(), SessionTransactions.cancelAnd(now(), head -> head.delete(now())));
        assertThat(findTurn(first)).contains(cancelled);
    }

    @Test
    void an_owner_sees_only_their_own_sessions_and_turns_S17() {
        Session alices = beginSession();
        Turn turn = startTurn(alices);
        ConversationId bobsConversation = start(BOB);

        assertThat(sessions().session(BOB, alices.id(), now())).isEmpty();
        assertThat(sessions().turn(BOB, turn.id(), now())).isEmpty();
        assertThat(sessions().current(BOB, now())).isEmpty();
        assertThat(listed(BOB, 10)).isEmpty();
        Session bobs = begin(session(alices.id(), bobsConversation, BOB, new Lifetime.Permanent(), now()));
        assertThat(listed(BOB, 10)).containsExactly(bobs);
        assertThat(listed(ALICE, 10)).containsExactly(alices);
        assertThat(sessions().session(BOB, alices.id(), now()).map(SessionView::session)).contains(bobs);
        assertThat(findSession(alices.id(), now())).contains(alices);
        assertThat(current(ALICE)).contains(alices.id());
        assertThat(listed(new OwnerId("alic"), 10)).isEmpty();
    }

    private static Session alices(SessionId id, ConversationId in, Instant begins) {
        return session(id, in, ALICE, new Lifetime.Permanent(), begins);
    }

    private Optional<SessionId> current(OwnerId owner) {
        return sessions().current(owner, now()).map(view -> view.session().id());
    }

    private Page<SessionView, SessionQuery.Key> page(OwnerId owner, int limit) {
        return sessions().sessions(owner, new SessionQuery(limit, Optional.empty()), now());
    }

    private List<Session> listed(OwnerId owner, int limit) {
        return allPages(limit,
                (Optional<SessionQuery.Key> after) -> sessions().sessions(owner, new SessionQuery(limit, after), now()))
                .stream()
                .map(SessionView::session).toList();
    }
}
