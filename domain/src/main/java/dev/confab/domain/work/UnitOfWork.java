package dev.confab.domain.work;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationEvent.ConversationDeleted;
import dev.confab.domain.conversation.ConversationEvent.ConversationMadePermanent;
import dev.confab.domain.conversation.ConversationEvent.ConversationPurged;
import dev.confab.domain.conversation.ConversationEvent.ConversationRenamed;
import dev.confab.domain.conversation.ConversationEvent.ConversationRestored;
import dev.confab.domain.conversation.ConversationEvent.ConversationTruncated;
import dev.confab.domain.conversation.ConversationEvent.Creation;
import dev.confab.domain.conversation.ConversationEvent.MessageAppended;
import dev.confab.domain.conversation.ConversationEvent.MessageEdited;
import dev.confab.domain.conversation.ConversationEvent.MetadataChanged;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.TransactionTooLarge;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One run of a transaction function, the part that is the same in every store: reads see what the same transaction recorded, each
 * event is checked against the state it follows, size limits hold, misuse is refused, and the result is the {@link Change} to
 * commit. How a store loads the state and commits the change is its own matter.
 */
public final class UnitOfWork implements ConversationTransaction {
    private static final ScopedValue<Boolean> INSIDE_A_WORK = ScopedValue.newInstance();

    private final ConversationId id;
    private final Stored stored;
    private final long threadId = Thread.currentThread().threadId();
    private boolean finished;
    /** A transaction function that catches {@link TransactionTooLarge} must not commit the part that fitted. */
    private boolean tooLarge;

    private Optional<Conversation> head;
    private final MessageOverlay messages;
    private final List<ConversationEvent> events = new ArrayList<>();
    private final List<SessionEvent> sessionEvents = new ArrayList<>();
    /** The change of sessions and turns; empty until they are first read or changed. */
    private Optional<ActivityChange> activity = Optional.empty();
    /** Whether an unfinished turn may have lost its prompt; if so, this is checked before the commit. */
    private boolean promptInDoubt;
    private long bytes;

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

    /**
     * The result of a transaction function, and what to commit.
     *
     * @param change empty if nothing was recorded
     */
    public record Outcome<R>(R result, Optional<Change> change) {
    }

    /** Runs a transaction function on the stored state. An exception of the function is passed on unchanged. */
    public static <R> Outcome<R> run(ConversationId id, Stored stored, Function<ConversationTransaction, R> work) {
        refuseInsideAWork();
        var unit = new UnitOfWork(id, stored);
        try {
            R result = ScopedValue.where(INSIDE_A_WORK, true).call(() -> work.apply(unit));
            return new Outcome<>(result, unit.change());
        } finally {
            unit.finished = true;
        }
    }

    /**
     * Every method of a reader and every {@code transact} calls this first (S12).
     *
     * @throws IllegalStateException inside a transaction function
     */
    public static void refuseInsideAWork() {
        if (INSIDE_A_WORK.isBound()) {
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
        if (head.isEmpty()) {
            return Optional.empty();
        }
        return messages.appended(messageId).or(() -> stored.message(messageId).flatMap(messages::over));
    }

    @Override
    public Optional<Message> messageAt(int position) {
        checkUse();
        return position < 1 || position > messages.count() ? Optional.empty() : Optional.of(at(position));
    }

    @Override
    public void record(ConversationEvent event) {
        checkUse();
        if (!event.conversationId().equals(id)) {
            throw new IllegalArgumentException(
                    "an event of conversation " + event.conversationId() + " in a transaction on " + id);
        }
        checkCount();
        Optional<Conversation> next = head.isPresent() ? follow(head.get(), event) : begin(event);
        recordMessages(event);
        head = next;
        events.add(event);
    }

    @Override
    public Activity activity() {
        checkUse();
        return activityChange().after();
    }

    private ActivityChange activityChange() {
        if (activity.isEmpty()) {
            activity = Optional.of(ActivityChange.none(stored.head().isPresent() ? stored.activity() : Activity.NONE));
        }
        return activity.get();
    }

    @Override
    public void record(SessionEvent event) {
        checkUse();
        if (!event.conversationId().equals(id) || head.isEmpty()) {
            throw new IllegalArgumentException(
                    "session event of conversation " + event.conversationId() + " in a transaction on " + id);
        }
        checkCount();
        switch (event) {
            case SessionEvent.SessionStarted e -> {
                checkOwner(e.session());
                weigh(e.session().weight());
            }
            case SessionEvent.SessionChanged e -> weigh(e.session().weight());
            case SessionEvent.SessionEnded _ -> {
            }
            case SessionEvent.TurnStarted e -> {
                weigh(e.turn().weight());
                promptInDoubt = true;
            }
            case SessionEvent.TurnChanged e -> weigh(e.turn().weight());
        }
        activity = Optional.of(activityChange().then(event));
        sessionEvents.add(event);
    }

    private void checkOwner(Session session) {
        if (!session.owner().equals(head.orElseThrow().owner())) {
            throw new IllegalArgumentException("session of another owner than conversation " + id);
        }
    }

    private Optional<Conversation> begin(ConversationEvent event) {
        if (!(event instanceof Creation first)) {
            throw new IllegalArgumentException("conversation " + id + " has not begun");
        }
        return Optional.of(Conversation.from(first));
    }

    private Optional<Conversation> follow(Conversation current, ConversationEvent event) {
        if (current.isDeleted() != leavesBin(event)) {
            throw new IllegalArgumentException(event.getClass().getSimpleName() + " of a "
                    + (current.isDeleted() ? "deleted" : "live") + " conversation");
        }
        if (event.at().isBefore(current.updatedAt())) {
            throw new IllegalArgumentException("event at " + event.at() + " after one at " + current.updatedAt());
        }
        checkMessage(event);
        return current.apply(event);
    }

    private static boolean leavesBin(ConversationEvent event) {
        return switch (event) {
            case ConversationRestored _,ConversationPurged _ -> true;
            case Creation _,ConversationRenamed _,MetadataChanged _,ConversationMadePermanent _ -> false;
            case MessageAppended _,MessageEdited _,ConversationTruncated _,ConversationDeleted _ -> false;
        };
    }

    /** Checks that the event fits the messages, before anything is changed. */
    private void checkMessage(ConversationEvent event) {
        switch (event) {
            case MessageAppended e -> {
                if (e.message().position() != messages.count() + 1 || message(e.message().id()).isPresent()) {
                    throw new IllegalArgumentException(
                            "message " + e.message().id() + " is not new, or not at the end of conversation " + id);
                }
            }
            case MessageEdited e -> {
                int position = e.message().position();
                if (position > messages.count() || !at(position).id().equals(e.message().id())) {
                    throw new IllegalArgumentException(
                            "message " + e.message().id() + " is not at position " + position);
                }
            }
            case ConversationTruncated e -> {
                if (e.keep() < 0 || e.keep() > messages.count()) {
                    throw new IllegalArgumentException(
                            "cannot keep " + e.keep() + " of " + messages.count() + " messages");
                }
            }
            case Creation _,ConversationRenamed _,MetadataChanged _,ConversationMadePermanent _ -> {
            }
            case ConversationDeleted _,ConversationRestored _,ConversationPurged _ -> {
            }
        }
    }

    private void recordMessages(ConversationEvent event) {
        switch (event) {
            case Creation e -> {
                weighCreation(e.messages());
                e.messages().forEach(messages::append);
            }
            case MessageAppended e -> {
                weigh(e.message().weight());
                messages.append(e.message());
            }
            case MessageEdited e -> {
                weigh(e.message().weight());
                messages.edit(e.message());
            }
            case ConversationTruncated e -> {
                messages.truncate(e.keep());
                promptInDoubt = true;
            }
            case ConversationDeleted _ -> promptInDoubt = true;
            case ConversationPurged _ -> {
                messages.truncate(0);
                sessionEvents.clear();
                activity = Optional.of(ActivityChange.none(Activity.NONE));
            }
            case ConversationRenamed _,MetadataChanged _,ConversationMadePermanent _,ConversationRestored _ -> {
            }
        }
    }

    private void weighCreation(List<Message> first) {
        long weight = first.stream().mapToLong(Message::weight).sum();
        if (first.size() > MAX_CREATION_MESSAGES || weight > MAX_CREATION_BYTES) {
            throw tooLarge("a conversation can begin with at most " + MAX_CREATION_MESSAGES + " messages and "
                    + MAX_CREATION_BYTES + " bytes");
        }
    }

    private void checkCount() {
        if (events.size() + sessionEvents.size() == MAX_EVENTS) {
            throw tooLarge("more than " + MAX_EVENTS + " events in one transaction");
        }
    }

    private void weigh(int weight) {
        bytes += weight;
        if (bytes > MAX_BYTES) {
            throw tooLarge("more than " + MAX_BYTES + " bytes in one transaction");
        }
    }

    /** @param position 1..{@link MessageOverlay#count()} */
    private Message at(int position) {
        return messages.at(position).orElseGet(() -> stored.messageAt(position));
    }

    private TransactionTooLarge tooLarge(String message) {
        tooLarge = true;
        return new TransactionTooLarge(message);
    }

    private Optional<Change> change() {
        if (tooLarge) {
            throw tooLarge("the transaction was too large; nothing of it is recorded");
        }
        if (events.isEmpty() && sessionEvents.isEmpty()) {
            return Optional.empty();
        }
        if (promptInDoubt) {
            checkPrompt();
        }
        boolean purged = events.stream().anyMatch(ConversationPurged.class::isInstance);
        return Optional.of(new Change(id, stored.head(), head, events, messages.kept(),
                List.copyOf(messages.edited().values()), messages.appended(), sessionEvents,
                sessionEvents.isEmpty() && !purged ? Optional.empty() : activity));
    }

    /** Checks that an unfinished turn has its prompt: without it, the turn could not be answered. */
    private void checkPrompt() {
        activity().openTurn().ifPresent(turn -> {
            if (head.isEmpty() || head.get().isDeleted() || message(turn.promptId()).isEmpty()) {
                throw new IllegalArgumentException("turn " + turn.id() + " is unfinished and its prompt is gone");
            }
        });
    }

    private void checkUse() {
        if (finished || Thread.currentThread().threadId() != threadId) {
            throw new IllegalStateException(
                    "a transaction may be used only by its transaction function, while that runs");
        }
    }
}
