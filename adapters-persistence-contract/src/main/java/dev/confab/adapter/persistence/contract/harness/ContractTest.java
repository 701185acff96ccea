package dev.confab.adapter.persistence.contract.harness;

import static dev.confab.adapter.persistence.contract.sample.SessionSamples.newTurnId;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationEvent.Creation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The base class of all parts of the suite: short names for what tests do with their store. */
public abstract class ContractTest extends StoreTest {
    protected static final OwnerId ALICE = Samples.ALICE;
    protected static final OwnerId BOB = Samples.BOB;

    protected static Instant now() {
        return Samples.now();
    }

    /** The end of a lease that outlasts the test. */
    protected static Instant lease() {
        return SessionSamples.lease();
    }

    protected static MessageDraft draft(String text) {
        return Samples.draft(text);
    }

    /** A new conversation of Alice without messages. */
    protected final ConversationId start() {
        return start(ALICE);
    }

    protected final ConversationId start(OwnerId owner) {
        return start(owner, Optional.empty());
    }

    protected final ConversationId start(OwnerId owner, Optional<Title> title) {
        return create(Samples.started(Samples.newConversationId(), owner, title)).id();
    }

    protected final Conversation create(Creation first) {
        return store().transact(first.conversationId(), Transactions.begin(first));
    }

    /** A new conversation with these messages. */
    protected final ConversationId startWith(String... texts) {
        ConversationId id = start();
        for (String text : texts) {
            append(id, text);
        }
        return id;
    }

    protected final Message append(ConversationId id, String text) {
        return append(id, draft(text));
    }

    protected final Message append(ConversationId id, MessageDraft draft) {
        return store().transact(id, Transactions.append(draft, now()));
    }

    protected final List<Message> appendAll(ConversationId id, List<MessageDraft> drafts) {
        return store().transact(id, Transactions.appendAll(drafts, Optional.empty(), now()));
    }

    protected final void edit(ConversationId id, Message message, String text) {
        store().transact(id, Transactions.edit(message, text, now()));
    }

    protected final Conversation rename(ConversationId id, String title) {
        return change(id, head -> head.rename(Samples.title(title), now()));
    }

    protected final Conversation change(ConversationId id,
            Function<Conversation, Optional<? extends ConversationEvent>> decision) {
        return store().transact(id, Transactions.change(decision));
    }

    protected final Conversation delete(ConversationId id) {
        return store().transact(id, Transactions.move(head -> head.delete(now()))).orElseThrow();
    }

    protected final Conversation restore(ConversationId id) {
        return store().transact(id, Transactions.move(head -> head.restore(now()))).orElseThrow();
    }

    /** Records the events in one transaction. */
    protected final void record(ConversationId id, List<? extends ConversationEvent> events) {
        store().transact(id, tx -> {
            events.forEach(tx::record);
            return true;
        });
    }

    protected final void purge(ConversationId id) {
        store().transact(id, Transactions.move(head -> Optional.of(head.purge(now()))));
    }

    /** Starts the session in its conversation. */
    protected final Session begin(Session session) {
        return store().transact(session.conversationId(), SessionTransactions.begin(session));
    }

    /** Starts a permanent session of Alice in a new conversation. */
    protected final Session beginSession() {
        return begin(SessionSamples.session(start()));
    }

    protected final Session activate(Session session) {
        return store().transact(session.conversationId(),
                SessionTransactions.change(session.id(), living -> living.activate(now()), now()));
    }

    protected final void end(Session session) {
        store().transact(session.conversationId(), SessionTransactions.end(session.id(), now()));
    }

    /** Starts a turn on a new prompt. */
    protected final Turn startTurn(Session session) {
        return startTurn(session, lease());
    }

    protected final Turn startTurn(Session session, Instant leaseUntil) {
        return store().transact(session.conversationId(),
                SessionTransactions.start(newTurnId(), session.id(), draft("a prompt"), now(), leaseUntil));
    }

    /** Records the change that is decided on the turn. */
    protected final Turn change(Turn turn, Function<Turn, TurnChanged> decision) {
        return store().transact(turn.conversationId(),
                SessionTransactions.turn(turn.id(), decision.andThen(Optional::of)));
    }

    protected final Turn cancel(Turn turn) {
        return change(turn, open -> open.cancel(Optional.empty(), now()));
    }

    /** Lets the turn ask for approval of these tool calls. */
    protected final Turn askApproval(Turn turn, Instant leaseUntil, String... callIds) {
        return change(turn, open -> open.ask(open.step(), List.of(SessionSamples.waiting(callIds)), Optional.empty(),
                leaseUntil, now()));
    }

    /** Completes the turn, in the step given with it. */
    protected final Turn complete(Turn turn) {
        return store().transact(turn.conversationId(),
                SessionTransactions.complete(turn.id(), turn.step(), draft("a reply"), now()));
    }

    protected final Activity activity(ConversationId id) {
        return sessions().activity(id, now());
    }

    /** The sessions and turns as a transaction sees them, also those of a deleted conversation. */
    protected final Activity activityInside(ConversationId id) {
        return store().transact(id, ConversationTransaction::activity);
    }

    /** The turn as readers of Alice see it. */
    protected final Optional<Turn> findTurn(Turn turn) {
        return sessions().turn(ALICE, turn.id(), now());
    }

    /** The session with this id as readers of Alice see it. */
    protected final Optional<Session> findSession(SessionId id, Instant now) {
        return sessions().session(ALICE, id, now).map(SessionView::session);
    }

    protected final Conversation head(ConversationId id) {
        return reader().find(id, now()).orElseThrow();
    }

    /** All messages, read window by window. */
    protected final List<Message> messages(ConversationId id) {
        List<Message> all = new ArrayList<>();
        ConversationWindow window;
        do {
            window = reader().read(id, Window.after(all.size(), Window.MAX_LIMIT), now());
            all.addAll(window.messages());
        } while (window.more());
        return all;
    }

    protected final List<String> texts(ConversationId id) {
        return messages(id).stream().map(Message::text).toList();
    }

    /** Runs the check on the store of this test, and again after reopening it. */
    protected final void nowAndAfterReopening(Runnable check) {
        check.run();
        db().reopen();
        check.run();
    }

    /** Checks that the messages have the positions 1 to {@code count}, in order. */
    protected final void assertPositions(List<Message> messages, int count) {
        assertThat(messages).extracting(Message::position)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, count).boxed().toList());
    }

    /** Checks that a transaction function on this conversation cannot use the store in this way. */
    protected final void assertRejectedInside(ConversationId id, Supplier<Object> use) {
        assertThatIllegalStateException().isThrownBy(() -> store().transact(id, tx -> {
            tx.record(tx.conversation().append(draft("before the misuse"), now()));
            return use.get();
        }));
    }

    protected final void assertNotFound(ThrowingCallable use) {
        assertThatThrownBy(use).isInstanceOf(ConversationNotFound.class);
    }

    protected final List<Conversation> list(OwnerId owner, ListQuery.Sort sort) {
        return reader().list(owner, new ListQuery(sort, ListQuery.MAX_LIMIT, Optional.empty()), now()).items();
    }

    /** The hits in the conversations of Alice. */
    protected final List<SearchHit> search(String text) {
        return reader().search(ALICE, Samples.searching(text), now()).items();
    }

    /** The items of all pages, read page by page. */
    protected final <T, K> List<T> allPages(int limit, Function<Optional<K>, Page<T, K>> read) {
        List<T> all = new ArrayList<>();
        Optional<K> after = Optional.empty();
        do {
            Page<T, K> page = read.apply(after);
            assertThat(page.items().size()).isLessThanOrEqualTo(limit);
            all.addAll(page.items());
            assertThat(all.size()).as("number of items on all pages").isLessThan(1_000);
            after = page.next();
        } while (after.isPresent());
        return all;
    }
}
