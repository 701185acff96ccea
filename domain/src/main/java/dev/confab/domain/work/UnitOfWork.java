package dev.confab.domain.work;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationEvent.ConversationDeleted;
import dev.confab.domain.conversation.ConversationEvent.ConversationFiled;
import dev.confab.domain.conversation.ConversationEvent.ConversationMadePermanent;
import dev.confab.domain.conversation.ConversationEvent.ConversationPurged;
import dev.confab.domain.conversation.ConversationEvent.ConversationRenamed;
import dev.confab.domain.conversation.ConversationEvent.ConversationRestored;
import dev.confab.domain.conversation.ConversationEvent.ConversationTruncated;
import dev.confab.domain.conversation.ConversationEvent.Creation;
import dev.confab.domain.conversation.ConversationEvent.MessageAppended;
import dev.confab.domain.conversation.ConversationEvent.MessageEdited;
import dev.confab.domain.conversation.ConversationEvent.MessageRemoved;
import dev.confab.domain.conversation.ConversationEvent.MessagesStaged;
import dev.confab.domain.conversation.ConversationEvent.MetadataChanged;
import dev.confab.domain.conversation.ConversationEvent.StagingCompleted;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.SessionEvent.SessionEnded;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.SessionEvent.TurnStarted;
import dev.confab.domain.session.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One run of a transaction function: reads see what the same transaction recorded, each event is checked against the state it
 * follows, size limits hold, misuse is rejected, and the result is the {@link Change} that the store must commit.
 */
public final class UnitOfWork implements ConversationTransaction {
    private static final ScopedValue<Boolean> IN_TRANSACTION = ScopedValue.newInstance();

    private final ConversationId id;
    private final Stored stored;
    private final long threadId = Thread.currentThread().threadId();
    private boolean finished;

    private Optional<Conversation> head;
    private final MessageOverlay messages;
    private final List<ConversationEvent> events = new ArrayList<>();
    private final List<SessionEvent> sessionEvents = new ArrayList<>();
    /** The change of sessions and turns; empty until they are first read or changed. */
    private Optional<ActivityChange> activity = Optional.empty();
    /** Whether an unfinished turn may lack what it needs; if so, {@link TurnNeeds} checks it before the commit. */
    private boolean turnsInDoubt;
    private final TransactionSize size = new TransactionSize();
    private Optional<FencingToken> token = Optional.empty();

    private UnitOfWork(ConversationId id, Stored stored) {
        this.id = id;
        this.stored = stored;
        this.head = stored.head();
        this.messages = new MessageOverlay(head.map(Conversation::messageCount).orElse(0));
    }

    /** The committed state that a transaction starts from. It must not change while the transaction function runs. */
    public interface Stored {
        Optional<Conversation> head();

        Optional<Message> message(MessageId id);

        /** @param position 1..messageCount of {@link #head()} */
        Message messageAt(int position);

        /** The sessions and turns. Called only if there is a head. */
        Activity activity();
    }

    /** The result of a transaction function, and what to commit; nothing if it recorded nothing. */
    public record Outcome<R>(R result, Optional<Change> change) {
    }

    /** Runs a transaction function on the stored state. An exception of the function is passed on unchanged. */
    public static <R> Outcome<R> run(ConversationId id, Stored stored, Function<ConversationTransaction, R> work) {
        requireOutsideTransaction();
        var unit = new UnitOfWork(id, stored);
        try {
            R result = ScopedValue.where(IN_TRANSACTION, true).call(() -> work.apply(unit));
            return new Outcome<>(result, unit.change());
        } finally {
            unit.finished = true;
        }
    }

    /** Throws {@link IllegalStateException} inside a transaction function; every reader and every {@code transact} calls it first (S12). */
    public static void requireOutsideTransaction() {
        if (IN_TRANSACTION.isBound()) {
            throw new IllegalStateException(
                    "inside a transaction function the store may be used only through its transaction");
        }
    }

    @Override
    public Optional<Conversation> find() {
        checkUse();
        return head;
    }

    @Override
    public Conversation conversation() {
        return find().filter(conversation -> !conversation.isDeleted()).orElseThrow(() -> new ConversationNotFound(id));
    }

    @Override
    public Optional<Message> message(MessageId messageId) {
        checkUse();
        return head.flatMap(_ -> messages.appended(messageId)
                .or(() -> stored.message(messageId).flatMap(messages::over)));
    }

    @Override
    public Optional<Message> messageAt(int position) {
        checkUse();
        return position < 1 || position > messages.count()
                ? Optional.empty()
                : messages.at(position).or(() -> Optional.of(stored.messageAt(position)));
    }

    @Override
    public void record(ConversationEvent event) {
        checkNext(event.conversationId());
        Optional<Conversation> next = head.isPresent() ? follow(head.get(), event) : Optional.of(begin(event));
        recordMessages(event);
        head = next;
        events.add(event);
    }

    @Override
    public void expectNotErased(FencingToken ofRequest) {
        checkUse();
        token = Optional.of(ofRequest);
    }

    @Override
    public Activity activity() {
        checkUse();
        return activityChange().after();
    }

    private ActivityChange activityChange() {
        return activity.orElseGet(() -> {
            var unchanged = ActivityChange.none(stored.head().isPresent() ? stored.activity() : Activity.NONE);
            activity = Optional.of(unchanged);
            return unchanged;
        });
    }

    @Override
    public void record(SessionEvent event) {
        checkNext(event.conversationId());
        Conversation current = head
                .orElseThrow(() -> new IllegalArgumentException("conversation " + id + " has not begun"));
        switch (event) {
            case SessionStarted e -> checkOwner(e.session(), current.owner());
            case TurnStarted _ -> turnsInDoubt = true;
            // A turn that waited begins; a renewal leaves no doubt, and reads no prompt.
            case TurnChanged e -> turnsInDoubt |= e.turn().isFinished()
                    || activity().find(e.turn().id()).filter(Turn::isQueued).isPresent();
            case SessionChanged _,SessionEnded _ -> {
            }
        }
        size.add(event.weight());
        activity = Optional.of(activityChange().then(event));
        sessionEvents.add(event);
    }

    private void checkOwner(Session session, OwnerId owner) {
        if (!session.owner().equals(owner)) {
            throw new IllegalArgumentException("session of another owner than conversation " + id);
        }
    }

    private Conversation begin(ConversationEvent event) {
        if (event instanceof Creation first) {
            return Conversation.from(first);
        }
        throw misfit(event);
    }

    private Optional<Conversation> follow(Conversation current, ConversationEvent event) {
        require(EventOrder.mayFollow(current, event), event);
        try {
            return current.apply(event);
        } catch (InvalidValue impossibleHead) {
            throw misfit(event);
        }
    }

    /** Checks that the event fits the messages, and then changes them. */
    private void recordMessages(ConversationEvent event) {
        switch (event) {
            case Creation e -> {
                size.addCreation(e.messages());
                e.messages().forEach(messages::append);
            }
            case MessageAppended e -> append(e, e.message());
            case MessagesStaged e -> {
                size.requireFewStaged(e.messages());
                e.messages().forEach(message -> append(e, message));
            }
            case MessageEdited e -> replace(e, e.message());
            case MessageRemoved e -> {
                replace(e, e.message());
                turnsInDoubt = true;
            }
            case ConversationTruncated e -> {
                require(e.keep() >= 0 && e.keep() <= messages.count(), e);
                messages.truncate(e.keep());
                turnsInDoubt = true;
            }
            case ConversationDeleted _ -> turnsInDoubt = true;
            case ConversationPurged _ -> {
                messages.truncate(0);
                sessionEvents.clear();
                activity = Optional.of(ActivityChange.none(Activity.NONE));
            }
            case ConversationRenamed _,MetadataChanged _,ConversationFiled _ -> {
            }
            case ConversationMadePermanent _,ConversationRestored _,StagingCompleted _ -> {
            }
        }
    }

    private void append(ConversationEvent event, Message message) {
        require(message.position() == messages.count() + 1 && message(message.id()).isEmpty(), event);
        size.add(message.weight());
        messages.append(message);
    }

    private void replace(ConversationEvent event, Message message) {
        require(messageAt(message.position()).filter(old -> old.id().equals(message.id())).isPresent(), event);
        size.add(message.weight());
        messages.edit(message);
    }

    private void require(boolean fits, ConversationEvent event) {
        if (!fits) {
            throw misfit(event);
        }
    }

    private IllegalArgumentException misfit(ConversationEvent event) {
        String state = head.map(now -> (now.isDeleted() ? "deleted" : "live") + ", at version " + now.version() + " of "
                + now.updatedAt() + ", with " + messages.count() + " messages").orElse("not begun");
        return new IllegalArgumentException(event.getClass().getSimpleName() + " at version " + event.version()
                + " of " + event.at() + " does not fit conversation " + id + ", which is " + state);
    }

    private void checkNext(ConversationId conversation) {
        checkUse();
        if (!conversation.equals(id)) {
            throw new IllegalArgumentException("event of conversation " + conversation + " in a transaction on " + id);
        }
        size.requireRoomAfter(events.size() + sessionEvents.size());
    }

    private Optional<Change> change() {
        size.requireNeverExceeded();
        if (events.isEmpty() && sessionEvents.isEmpty()) {
            return Optional.empty();
        }
        if (turnsInDoubt) {
            TurnNeeds.check(this);
        }
        boolean purged = events.stream().anyMatch(ConversationPurged.class::isInstance);
        return Optional.of(new Change(id, stored.head(), head, events, messages.keptCount(),
                List.copyOf(messages.edited().values()), messages.appended(), sessionEvents,
                sessionEvents.isEmpty() && !purged ? Optional.empty() : activity,
                token.filter(_ -> events.stream().anyMatch(Creation.class::isInstance))));
    }

    private void checkUse() {
        if (finished || Thread.currentThread().threadId() != threadId) {
            throw new IllegalStateException(
                    "a transaction may be used only by its transaction function, while that runs");
        }
    }
}
