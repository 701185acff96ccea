package dev.confab.adapter.persistence.contract.harness;

import static dev.confab.adapter.persistence.contract.sample.Samples.ALICE;
import static dev.confab.adapter.persistence.contract.sample.Samples.now;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;

/** The base class of all parts of the suite: opens a store for each test, and has short names for what tests do with it. */
public abstract class ContractTest {
    private final Deque<StoreUnderTest> opened = new ArrayDeque<>();

    /** Opens the store under test. */
    protected abstract StoreFactory factory();

    /** How long a transaction waits for a locked conversation. The default is longer than any test needs. */
    protected Duration lockTimeout() {
        return Duration.ofSeconds(30);
    }

    /** The time limit for anything that must not wait for something else. */
    protected final Duration patience() {
        return factory().patience();
    }

    @AfterEach
    final void closeStores() {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    /** The store of this test, opened on first use. */
    protected final synchronized StoreUnderTest db() {
        return opened.isEmpty() ? opened(factory().open(lockTimeout())) : opened.getLast();
    }

    /** Registers a store to be closed when the test ends. */
    protected final synchronized StoreUnderTest opened(StoreUnderTest store) {
        opened.push(store);
        return store;
    }

    protected final ConversationStore store() {
        return db().store();
    }

    protected final ConversationReader reader() {
        return db().reader();
    }

    protected final SessionReader sessions() {
        return db().sessions();
    }

    /** A new conversation of Alice without messages. */
    protected final ConversationId start() {
        return start(ALICE, Optional.empty());
    }

    protected final ConversationId start(OwnerId owner, Optional<Title> title) {
        ConversationId id = Samples.newConversationId();
        store().transact(id, Transactions.begin(Samples.started(id, owner, title)));
        return id;
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
        return append(id, Samples.draft(text));
    }

    protected final Message append(ConversationId id, MessageDraft draft) {
        return store().transact(id, Transactions.append(draft, now()));
    }

    protected final List<Message> appendAll(ConversationId id, List<MessageDraft> drafts) {
        return store().transact(id, Transactions.appendAll(drafts, Optional.empty(), now()));
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

    protected final void purge(ConversationId id) {
        store().transact(id, Transactions.move(head -> Optional.of(head.purge(now()))));
    }

    /** Starts the session in its conversation. */
    protected final Session begin(Session session) {
        return store().transact(session.conversationId(), SessionTransactions.begin(session));
    }

    /** Starts a turn on a new prompt, with a lease that outlasts the test. */
    protected final Turn startTurn(Session session) {
        return startTurn(session, now().plus(SessionSamples.LEASE));
    }

    protected final Turn startTurn(Session session, Instant leaseUntil) {
        return store().transact(session.conversationId(),
                SessionTransactions.start(SessionSamples.newTurnId(), session.id(),
                        Samples.draft("a prompt"), now(), leaseUntil));
    }

    /** Records the change that is decided on the turn. */
    protected final Turn change(Turn turn, Function<Turn, TurnChanged> decision) {
        return store().transact(turn.conversationId(),
                SessionTransactions.turn(turn.id(), decision.andThen(Optional::of)));
    }

    protected final Activity activity(ConversationId id) {
        return sessions().activity(id, now());
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
}
