package dev.confab.adapter.persistence.contract.clause.session;

import static dev.confab.adapter.persistence.contract.sample.SessionSamples.newSessionId;
import static dev.confab.adapter.persistence.contract.sample.SessionSamples.session;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.SessionNotFound;
import dev.confab.domain.session.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** S20: an expired session or conversation is invisible at once, and the sweep finds it. */
public abstract class ExpiryContract extends ContractTest {
    private static final Instant END = Instant.parse("2031-05-06T07:08:09.010Z");
    private static final Instant BEFORE = END.minusMillis(1);
    private static final int ALL = 100;
    private static final SearchQuery NEEDLE = Samples.searching("needle");

    @Test
    void readers_do_not_return_a_session_after_its_time_to_live_S20() {
        ConversationId id = start();
        Session permanent = begin(session(id));
        Session temporary = begin(session(id, END));
        Turn turn = startTurn(temporary);
        var view = new SessionView(temporary, Optional.of(turn));
        var other = new SessionView(permanent, Optional.empty());

        nowAndAfterReopening(() -> {
            assertThat(sessions().session(ALICE, temporary.id(), BEFORE)).contains(view);
            assertThat(listed(BEFORE)).containsExactly(view, other);
            assertThat(sessions().current(ALICE, BEFORE)).contains(view);
            assertThat(sessions().activity(id, BEFORE).sessions()).containsExactly(permanent, temporary);
            for (Instant after : List.of(END, END.plusMillis(1), END.plusSeconds(1_000_000))) {
                assertThat(sessions().session(ALICE, temporary.id(), after)).isEmpty();
                assertThat(listed(after)).containsExactly(other);
                assertThat(sessions().current(ALICE, after)).contains(other);
                assertThat(sessions().activity(id, after)).isEqualTo(new Activity(List.of(permanent), List.of(turn)));
                assertThat(sessions().turn(ALICE, turn.id(), after)).contains(turn);
            }
        });
        assertThat(activityInside(id).sessions()).containsExactly(permanent, temporary);
    }

    @Test
    void pages_are_full_although_expired_sessions_are_left_out_S20() {
        ConversationId id = start();
        List<Session> all = IntStream.range(0, 9)
                .mapToObj(n -> begin(n % 3 == 0 ? session(id) : session(id, END.plusMillis(n)))).toList();
        Instant now = END.plusMillis(4);

        var first = sessions().sessions(ALICE, new SessionQuery(4, Optional.empty()), now);
        assertThat(first.items()).extracting(SessionView::session)
                .containsExactly(all.get(8), all.get(7), all.get(6), all.get(5));
        var second = sessions().sessions(ALICE, new SessionQuery(4, first.next()), now);
        assertThat(second.items()).extracting(SessionView::session).containsExactly(all.get(3), all.get(0));
        assertThat(second.next()).isEmpty();
    }

    @Test
    void an_expired_session_does_not_hide_a_live_one_with_the_same_id_S20() {
        Session expired = begin(session(start(), END));
        Session living = begin(session(expired.id(), start(), ALICE, new Lifetime.Permanent(), now()));

        assertThat(findSession(expired.id(), BEFORE)).contains(expired);
        assertThat(findSession(expired.id(), END)).contains(living);
    }

    @Test
    void sessions_and_turns_of_an_expired_conversation_are_invisible_S20() {
        Session session = startUntilEnd(ALICE);
        ConversationId id = session.conversationId();
        Session permanent = begin(session(id));
        Turn turn = startTurn(session);

        assertThat(sessions().turn(ALICE, turn.id(), BEFORE)).contains(turn);
        assertThat(sessions().activity(id, BEFORE).sessions()).containsExactly(session, permanent);
        assertThat(sessions().turn(ALICE, turn.id(), END)).isEmpty();
        assertThat(findSession(permanent.id(), END)).isEmpty();
        assertThat(sessions().current(ALICE, END)).isEmpty();
        assertThat(listed(END)).isEmpty();
        assertNotFound(() -> sessions().activity(id, END));

        change(id, head -> head.makePermanent(now()));
        assertThat(sessions().turn(ALICE, turn.id(), END)).contains(turn);
        assertThat(findSession(permanent.id(), END)).isPresent();
        assertThat(findSession(session.id(), END)).isEmpty();
        db().reopen();
        assertThat(sessions().activity(id, END).sessions()).containsExactly(permanent);
    }

    @Test
    void readers_do_not_return_an_expired_conversation_S20() {
        ConversationId id = startUntil(ALICE, END);
        Message message = append(id, "a needle");

        nowAndAfterReopening(() -> {
            assertThat(reader().find(id, BEFORE)).isPresent();
            assertThat(reader().read(id, Window.first(1), BEFORE).messages()).containsExactly(message);
            assertThat(reader().read(id, message.id(), BEFORE).messages()).containsExactly(message);
            assertThat(reader().changesSince(id, 0, BEFORE).messages()).containsExactly(message);
            assertThat(reader().search(ALICE, NEEDLE, BEFORE).items()).hasSize(1);
            for (Instant after : List.of(END, END.plusSeconds(1_000_000))) {
                assertThat(reader().find(id, after)).isEmpty();
                assertNotFound(() -> reader().read(id, Window.first(1), after));
                assertNotFound(() -> reader().read(id, message.id(), after));
                assertNotFound(() -> reader().read(id, Samples.newMessageId(), after));
                assertNotFound(() -> reader().changesSince(id, 0, after));
                assertThat(reader().search(ALICE, NEEDLE, after).items()).isEmpty();
            }
        });
        change(id, head -> head.makePermanent(now()));
        assertThat(reader().find(id, END)).isPresent();
        assertThat(reader().search(ALICE, NEEDLE, END).items()).hasSize(1);
    }

    @Test
    void pages_are_full_although_expired_conversations_are_left_out_S20() {
        List<ConversationId> permanent = new ArrayList<>();
        for (int n = 0; n < 9; n++) {
            ConversationId id = n % 3 == 0 ? start() : startUntil(ALICE, END.plusMillis(n - 4));
            append(id, "a needle");
            if (n % 3 == 0 || n > 4) {
                permanent.add(id);
            }
        }
        List<ConversationId> expected = permanent.reversed();

        for (ListQuery.Sort sort : List.of(ListQuery.Sort.CREATED, ListQuery.Sort.UPDATED)) {
            var first = reader().list(ALICE, new ListQuery(sort, 4, Optional.empty()), END);
            assertThat(first.items()).extracting(Conversation::id).isEqualTo(expected.subList(0, 4));
            var second = reader().list(ALICE, new ListQuery(sort, 4, first.next()), END);
            assertThat(second.items()).extracting(Conversation::id).isEqualTo(expected.subList(4, expected.size()));
            assertThat(second.next()).isEmpty();
        }
        var hits = reader().search(ALICE, new SearchQuery("needle", false, Optional.empty(), 4, Optional.empty()), END);
        assertThat(hits.items()).extracting(SearchHit::conversation).isEqualTo(expected.subList(0, 4));
        permanent.forEach(this::delete);
        var deleted = new ListQuery(ListQuery.Sort.DELETED, 10, Optional.empty());
        assertThat(reader().list(ALICE, deleted, END.plusSeconds(1)).items()).extracting(Conversation::id)
                .containsExactly(permanent.get(3), permanent.get(1), permanent.get(0));
    }

    @Test
    void exactly_the_conversations_with_something_expired_are_found_for_sweeping_S20() {
        ConversationId one = begin(session(start(), END)).conversationId();
        ConversationId two = startUntilEnd(BOB).conversationId();
        ConversationId binned = begin(session(start(), END)).conversationId();
        delete(binned);
        ConversationId head = startUntil(ALICE, END);
        beginSession();
        begin(session(start(), END.plusMillis(1)));
        begin(session(one));
        startTurn(beginSession(), BEFORE);
        begin(session(newSessionId(), two, BOB, new Lifetime.Temporary(END), now()));

        nowAndAfterReopening(() -> {
            assertThat(sessions().expiredSessions(BEFORE, ALL)).isEmpty();
            assertThat(sessions().expiredSessions(END, ALL)).containsExactlyInAnyOrder(one, two, binned, head);
            assertThat(sessions().expiredSessions(END.plusMillis(1), ALL)).hasSize(5);
            assertThat(sessions().expiredSessions(END, 3)).hasSize(3).doesNotHaveDuplicates()
                    .isSubsetOf(one, two, binned, head);
        });
        end(activityInside(one).sessions().getFirst());
        delete(two);
        purge(two);
        change(head, conversation -> conversation.makePermanent(now()));
        assertThat(sessions().expiredSessions(END, ALL)).containsExactly(binned);
        end(activityInside(binned).sessions().getFirst());
        assertThat(sessions().expiredSessions(END, ALL)).isEmpty();
    }

    @Test
    void exactly_the_conversations_with_an_expired_lease_are_found_for_sweeping_S20() {
        Turn one = startTurn(beginSession(), END);
        Turn two = startTurn(begin(session(newSessionId(), start(BOB), BOB, new Lifetime.Permanent(), now())), END);
        Turn later = startTurn(beginSession(), END.plusMillis(1));
        Turn awaiting = askApproval(startTurn(beginSession(), END), END, "call");
        cancel(startTurn(beginSession(), END));
        begin(session(start(), END));

        nowAndAfterReopening(() -> {
            assertThat(sessions().expiredLeases(BEFORE, ALL)).isEmpty();
            assertThat(sessions().expiredLeases(END, ALL))
                    .containsExactlyInAnyOrder(one.conversationId(), two.conversationId());
            assertThat(sessions().expiredLeases(END.plusMillis(1), ALL)).hasSize(3).contains(later.conversationId());
            assertThat(sessions().expiredLeases(END, 1)).hasSize(1);
        });
        change(one, turn -> turn.renew(1, END.plusMillis(1), "alive", now()));
        store().transact(two.conversationId(), tx -> {
            tx.activity().endAbandoned(END).ifPresent(tx::record);
            return true;
        });
        assertThat(sessions().expiredLeases(END, ALL)).isEmpty();
        change(awaiting, turn -> turn.answer("call", new Approval(true, Optional.empty()), END, now()).orElseThrow());
        assertThat(sessions().expiredLeases(END, ALL)).containsExactly(awaiting.conversationId());
    }

    @Test
    void making_permanent_concurrent_with_sweeping_keeps_everything_or_fails_S20() {
        for (int round = 0; round < 10; round++) {
            Session session = startUntilEnd(ALICE);
            ConversationId id = session.conversationId();

            List<Boolean> happened = TestThreads.run(2, thread -> thread == 0 ? keep(session) : sweep(id));

            assertThat(happened.getFirst()).isNotEqualTo(happened.getLast());
            assertThat(reader().find(id, now()).isPresent()).isEqualTo(happened.getFirst());
            Optional<Session> found = findSession(session.id(), END);
            assertThat(found.isPresent()).isEqualTo(happened.getFirst());
            found.ifPresent(kept -> assertThat(kept.lifetime()).isEqualTo(new Lifetime.Permanent()));
            assertThat(sessions().expiredSessions(END, ALL)).isEmpty();
        }
    }

    /** Makes the session permanent, at a time just before it expires. */
    private boolean keep(Session session) {
        try {
            return store().transact(session.conversationId(), tx -> {
                Session living = tx.activity().session(tx.conversation().unexpired(BEFORE).owner(), session.id(),
                        BEFORE);
                tx.conversation().makePermanent(BEFORE).ifPresent(tx::record);
                living.makePermanent(Optional.empty(), BEFORE)
                        .ifPresent(kept -> tx.record(new SessionChanged(kept, BEFORE)));
                return true;
            });
        } catch (SessionNotFound | ConversationNotFound late) {
            return false;
        }
    }

    /** Purges the conversation if it has expired, at a time just after. */
    private boolean sweep(ConversationId id) {
        return store().transact(id, tx -> {
            Optional<Conversation> expired = tx.find().filter(head -> head.isExpired(END));
            expired.flatMap(head -> head.delete(END)).ifPresent(tx::record);
            expired.ifPresent(any -> tx.record(tx.find().orElseThrow().purge(END)));
            return expired.isPresent();
        });
    }

    private Session startUntilEnd(OwnerId owner) {
        ConversationId id = startUntil(owner, END);
        return begin(session(newSessionId(), id, owner, new Lifetime.Temporary(END), now()));
    }

    private ConversationId startUntil(OwnerId owner, Instant end) {
        return create(Conversation.startUntil(Optional.of(end), Samples.newConversationId(), owner, Optional.empty(),
                Metadata.EMPTY, Samples.digest("until"), now())).id();
    }

    private List<SessionView> listed(Instant now) {
        return sessions().sessions(ALICE, new SessionQuery(ALL, Optional.empty()), now).items();
    }
}
