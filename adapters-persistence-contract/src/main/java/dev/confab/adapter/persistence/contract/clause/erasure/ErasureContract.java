package dev.confab.adapter.persistence.contract.clause.erasure;

import static dev.confab.adapter.persistence.contract.sample.Samples.newConversationId;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.Faults.Failure;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent.Creation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.Erased;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.erasure.OwnerErased;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.query.ListQuery.Sort;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** E1 to E5 one call after another. */
public abstract class ErasureContract extends ContractTest {

    @Test
    void everything_of_the_owner_is_gone_and_was_counted_E1() {
        ConversationId live = startWith("needle", "second");
        ConversationId binned = startWith("needle");
        delete(binned);
        Session session = beginSession();
        Turn turn = startTurn(session);

        assertThat(erase(ALICE)).isEqualTo(new Erased(3, 4, 1, 1, 0));

        nowAndAfterReopening(() -> {
            assertNothing(List.of(live, binned, session.conversationId()));
            assertThat(findTurn(turn)).isEmpty();
        });
    }

    @Test
    void more_conversations_than_fit_on_a_page_are_all_gone_E1() {
        List<ConversationId> ids = Stream.generate(this::start).limit(120).toList();

        assertThat(erase(ALICE).conversations()).isEqualTo(120);

        assertNothing(ids);
    }

    @Test
    void an_owner_without_data_can_be_erased_E1() {
        assertThat(erase(ALICE)).isEqualTo(Erased.NOTHING);
    }

    @Test
    void a_creation_that_began_before_the_erasure_is_refused_and_records_nothing_E2() {
        ConversationId source = startWith("copied");
        Conversation head = head(source);
        List<Message> messages = messages(source);
        FencingToken before = store().token(ALICE);
        erase(ALICE);

        for (Creation late : List.of(Samples.started(newConversationId()),
                head.fork(newConversationId(), Optional.empty(), messages, Samples.digest("a fork"), now()),
                Samples.imported(newConversationId(), head, messages))) {
            assertErased(() -> store().transact(late.conversationId(), Transactions.begin(late, before)));
            assertNothing(List.of(late.conversationId()));
        }
        db().reopen();
        assertNothing(List.of(source));
    }

    @Test
    void a_refused_creation_is_refused_again_E2() {
        FencingToken before = store().token(ALICE);
        erase(ALICE);
        Creation late = Samples.started(newConversationId());

        assertErased(() -> store().transact(late.conversationId(), Transactions.begin(late, before)));
        assertErased(() -> store().transact(late.conversationId(), Transactions.begin(late, before)));
        assertNothing(List.of(late.conversationId()));
    }

    @Test
    void a_creation_of_another_instance_that_began_before_is_refused_too_E2() {
        StoreUnderTest elsewhere = opened(db().another());
        FencingToken before = elsewhere.store().token(ALICE);
        erase(ALICE);
        Creation late = Samples.started(newConversationId());

        assertErased(() -> elsewhere.store().transact(late.conversationId(), Transactions.begin(late, before)));
        assertNothing(List.of(late.conversationId()));
    }

    @Test
    void a_conversation_that_is_purged_and_created_in_one_transaction_is_refused_too_E2() {
        ConversationId id = start();
        FencingToken before = store().token(ALICE);
        erase(ALICE);
        ConversationId _ = create(Samples.started(id)).id();
        delete(id);

        assertErased(() -> store().transact(id, tx -> {
            tx.record(tx.find().orElseThrow().purge(now()));
            return Transactions.begin(Samples.started(id), before).apply(tx);
        }));
        Optional<Conversation> binned = store().transact(id, tx -> tx.find().filter(Conversation::isDeleted));
        assertThat(binned).isPresent();
    }

    @Test
    void the_owner_may_come_back_E2() {
        FencingToken before = store().token(ALICE);
        erase(ALICE);
        FencingToken after = store().token(ALICE);
        assertThat(after.number()).isGreaterThan(before.number());

        Creation first = Samples.started(newConversationId());
        store().transact(first.conversationId(), Transactions.begin(first, after));

        nowAndAfterReopening(() -> assertThat(head(first.conversationId()).owner()).isEqualTo(ALICE));
        append(first.conversationId(), "a new life");
    }

    @Test
    void a_second_erasure_refuses_requests_that_began_after_the_first_E2() {
        erase(ALICE);
        FencingToken between = store().token(ALICE);
        erase(ALICE);
        Creation late = Samples.started(newConversationId());

        assertErased(() -> store().transact(late.conversationId(), Transactions.begin(late, between)));
        assertNothing(List.of(late.conversationId()));
    }

    @Test
    void a_token_of_another_owner_is_rejected_E2() {
        Creation first = Samples.started(newConversationId(), BOB, Optional.empty());

        assertThatIllegalArgumentException().isThrownBy(() -> store().transact(first.conversationId(),
                Transactions.begin(first, store().token(ALICE))));
        assertThat(list(BOB, Sort.CREATED)).isEmpty();
    }

    @Test
    void erasing_again_finds_nothing_and_changes_nothing_E3() {
        ConversationId id = startWith("once");

        assertThat(erase(ALICE)).isEqualTo(new Erased(1, 1, 0, 0, 0));
        assertThat(erase(ALICE)).isEqualTo(Erased.NOTHING);
        assertNothing(List.of(id));
    }

    @Test
    void an_erasure_that_the_storage_refused_is_completed_by_the_next_E3() {
        List<ConversationId> ids = List.of(start(), start(), start());
        failNextCommit(Failure.REFUSED);

        assertThatThrownBy(() -> erase(ALICE)).isInstanceOf(StorageUnavailable.class);
        erase(ALICE);

        nowAndAfterReopening(() -> assertNothing(ids));
    }

    @Test
    void other_owners_keep_everything_and_their_requests_go_on_E4() {
        start();
        ConversationId bobs = create(Samples.started(newConversationId(), BOB, Samples.title("of bob"))).id();
        append(bobs, "needle");
        Session session = begin(SessionSamples.session(SessionSamples.newSessionId(), bobs, BOB,
                new Lifetime.Permanent(), now()));
        Conversation head = head(bobs);
        List<Message> messages = messages(bobs);
        FencingToken before = store().token(BOB);

        erase(ALICE);

        nowAndAfterReopening(() -> {
            assertThat(head(bobs)).isEqualTo(head);
            assertThat(messages(bobs)).isEqualTo(messages);
            assertThat(reader().search(BOB, Samples.searching("needle"), now()).items()).hasSize(1);
            assertThat(sessions().session(BOB, session.id(), now()))
                    .contains(new SessionView(session, Optional.empty()));
        });
        Creation underWay = Samples.started(newConversationId(), BOB, Optional.empty());
        store().transact(underWay.conversationId(), Transactions.begin(underWay, before));
        assertThat(list(BOB, Sort.CREATED)).hasSize(2);
    }

    @Test
    void a_crash_right_after_an_erasure_brings_nothing_back_E5() {
        ConversationId live = startWith("needle");
        ConversationId binned = startWith("needle");
        delete(binned);
        db().reopen();
        ConversationId recent = startWith("needle");

        assertThat(erase(ALICE).conversations()).isEqualTo(3);
        db().crash();

        assertNothing(List.of(live, binned, recent));
        assertThat(erase(ALICE)).isEqualTo(Erased.NOTHING);
    }

    private Erased erase(OwnerId owner) {
        return db().eraser().erase(owner);
    }

    private void assertErased(ThrowingCallable creation) {
        assertThatThrownBy(creation).isInstanceOfSatisfying(OwnerErased.class,
                refused -> assertThat(refused.owner()).isEqualTo(ALICE));
    }

    private void assertNothing(List<ConversationId> ids) {
        for (ConversationId id : ids) {
            assertThat(reader().find(id, now())).isEmpty();
            assertThat(store().transact(id, Transactions::version)).isZero();
        }
        assertThat(list(ALICE, Sort.CREATED)).isEmpty();
        assertThat(list(ALICE, Sort.DELETED)).isEmpty();
        assertThat(search("needle")).isEmpty();
        assertThat(sessions().current(ALICE, now())).isEmpty();
        assertThat(sessions().sessions(ALICE, new SessionQuery(10, Optional.empty()), now()).items()).isEmpty();
    }
}
