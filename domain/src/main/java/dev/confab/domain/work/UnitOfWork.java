package dev.confab.domain.work;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.TransactionTooLarge;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What is the same for every store inside a transaction: the overlay that lets a work read what it just recorded, the checks of
 * an event against the head, the bounds, the refusal of misuse, and at the end the {@link Change} to commit. A store loads,
 * commits and reads; this decides nothing about how.
 */
public final class UnitOfWork implements ConversationTransaction {
    private static final ScopedValue<Boolean> INSIDE_A_WORK = ScopedValue.newInstance();

    private final ConversationId id;
    private final Stored stored;
    private final long threadId = Thread.currentThread().threadId();
    private boolean finished;
    /** A work that catches {@link TransactionTooLarge} must not commit the part that fitted. */
    private boolean tooLarge;

    private Optional<Conversation> head;
    /** How many of the stored messages are still there; what lies above is recorded here or gone. */
    private int kept;
    private final TreeMap<Integer, Message> edited = new TreeMap<>();
    private final List<Message> appended = new ArrayList<>();
    private final Map<MessageId, Integer> appendedPositions = new HashMap<>();
    private final List<ConversationEvent> events = new ArrayList<>();
    private final List<SessionEvent> sessionEvents = new ArrayList<>();
    /** As this work left it; empty while it was not asked for. */
    private Optional<Activity> activity = Optional.empty();
    /** A work that may have taken an unfinished turn's prompt away must show that it has not. */
    private boolean promptInDoubt;
    private long bytes;

    private UnitOfWork(ConversationId id, Stored stored) {
        this.id = id;
        this.stored = stored;
        this.head = stored.head();
        this.kept = head.map(Conversation::messageCount).orElse(0);
    }

    /** The committed state a work starts from, as its store has it: the caller keeps it still for as long as the work runs. */
    public interface Stored {
        Optional<Conversation> head();

        Optional<Message> message(MessageId id);

        /** @param position 1..messageCount of {@link #head()} */
        Message messageAt(int position);

        /** Asked for only while there is a head. */
        Activity activity();
    }

    /**
     * What a work came to.
     *
     * @param change empty when it recorded nothing
     */
    public record Outcome<R>(R result, Optional<Change> change) {
    }

    /** Runs a work over the stored state and returns what to commit; what the work throws passes through. */
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

    /** Every reader and every {@code transact} calls this first (S12). */
    public static void refuseInsideAWork() {
        if (INSIDE_A_WORK.isBound()) {
            throw new IllegalStateException("a work may use the store only through its transaction");
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
        Integer position = appendedPositions.get(messageId);
        if (position != null) {
            return Optional.of(at(position));
        }
        return head.isEmpty()
                ? Optional.empty()
                : stored.message(messageId).filter(message -> message.position() <= kept)
                        .map(message -> at(message.position()));
    }

    @Override
    public Optional<Message> messageAt(int position) {
        checkUse();
        return position < 1 || position > count() ? Optional.empty() : Optional.of(at(position));
    }

    @Override
    public void record(ConversationEvent event) {
        checkUse();
        if (!event.conversationId().equals(id)) {
            throw new IllegalArgumentException(
                    "an event of conversation " + event.conversationId() + " in a transaction on " + id);
        }
        checkBounds(event);
        Optional<Conversation> next = head.isPresent() ? follow(head.get(), event) : begin(event);
        recordMessages(event);
        head = next;
        events.add(event);
    }

    @Override
    public Activity activity() {
        checkUse();
        if (activity.isEmpty()) {
            activity = Optional.of(stored.head().isPresent() ? stored.activity() : Activity.NONE);
        }
        return activity.get();
    }

    @Override
    public void record(SessionEvent event) {
        checkUse();
        if (!event.conversationId().equals(id) || head.isEmpty()) {
            throw new IllegalArgumentException(
                    "a session's event of conversation " + event.conversationId() + " in a transaction on " + id);
        }
        if (event instanceof SessionEvent.SessionStarted begun
                && !begun.session().owner().equals(head.get().owner())) {
            throw new IllegalArgumentException("a session of another owner than conversation " + id);
        }
        checkCount();
        weigh(weight(event));
        activity = Optional.of(activity().apply(event));
        sessionEvents.add(event);
        promptInDoubt |= event instanceof SessionEvent.TurnStarted;
    }

    private Optional<Conversation> begin(ConversationEvent event) {
        if (!(event instanceof ConversationEvent.Creation first)) {
            throw new IllegalArgumentException("conversation " + id + " has not begun");
        }
        return Optional.of(Conversation.from(first));
    }

    private Optional<Conversation> follow(Conversation current, ConversationEvent event) {
        boolean outOfBin = event instanceof ConversationEvent.ConversationRestored
                || event instanceof ConversationEvent.ConversationPurged;
        if (current.isDeleted() != outOfBin) {
            throw new IllegalArgumentException(
                    event.getClass().getSimpleName() + " of a " + (outOfBin ? "live" : "deleted") + " conversation");
        }
        if (event.at().isBefore(current.updatedAt())) {
            throw new IllegalArgumentException("an event at " + event.at() + " after one at " + current.updatedAt());
        }
        checkMessage(current, event);
        return current.apply(event);
    }

    private void checkMessage(Conversation current, ConversationEvent event) {
        switch (event) {
            case ConversationEvent.MessageAppended e -> {
                if (e.message().position() != current.messageCount() + 1 || message(e.message().id()).isPresent()) {
                    throw new IllegalArgumentException(
                            "message " + e.message().id() + " is not new, or not at the end of conversation " + id);
                }
            }
            case ConversationEvent.MessageEdited e -> {
                int position = e.message().position();
                if (position > current.messageCount() || !at(position).id().equals(e.message().id())) {
                    throw new IllegalArgumentException(
                            "message " + e.message().id() + " is not at position " + position);
                }
            }
            case ConversationEvent.ConversationTruncated e -> {
                if (e.keep() < 0 || e.keep() > current.messageCount()) {
                    throw new IllegalArgumentException(
                            "cannot keep " + e.keep() + " of " + current.messageCount() + " messages");
                }
            }
            default -> {
                // touches no message
            }
        }
    }

    private void recordMessages(ConversationEvent event) {
        switch (event) {
            case ConversationEvent.Creation e -> e.messages().forEach(this::append);
            case ConversationEvent.MessageAppended e -> append(e.message());
            case ConversationEvent.MessageEdited e -> {
                int position = e.message().position();
                if (position > kept) {
                    appended.set(position - kept - 1, e.message());
                } else {
                    edited.put(position, e.message());
                }
            }
            case ConversationEvent.ConversationTruncated e -> {
                truncate(e.keep());
                promptInDoubt = true;
            }
            case ConversationEvent.ConversationPurged e -> {
                truncate(0);
                sessionEvents.clear();
                activity = Optional.of(Activity.NONE);
            }
            case ConversationEvent.ConversationRenamed e -> {
            }
            case ConversationEvent.MetadataChanged e -> {
            }
            case ConversationEvent.ConversationMadePermanent e -> {
            }
            case ConversationEvent.ConversationDeleted e -> promptInDoubt = true;
            case ConversationEvent.ConversationRestored e -> {
            }
        }
    }

    private void append(Message message) {
        appended.add(message);
        appendedPositions.put(message.id(), message.position());
    }

    private void truncate(int keep) {
        while (kept + appended.size() > keep && !appended.isEmpty()) {
            appendedPositions.remove(appended.removeLast().id());
        }
        kept = Math.min(kept, keep);
        edited.tailMap(kept, false).clear();
    }

    private void checkBounds(ConversationEvent event) {
        checkCount();
        switch (event) {
            case ConversationEvent.Creation e -> {
                long weight = e.messages().stream().mapToLong(Message::weight).sum();
                if (e.messages().size() > MAX_CREATION_MESSAGES || weight > MAX_CREATION_BYTES) {
                    throw tooLarge("a conversation can begin with at most " + MAX_CREATION_MESSAGES
                            + " messages and " + MAX_CREATION_BYTES + " bytes");
                }
            }
            case ConversationEvent.MessageAppended e -> weigh(e.message().weight());
            case ConversationEvent.MessageEdited e -> weigh(e.message().weight());
            default -> {
                // weighs next to nothing
            }
        }
    }

    private void checkCount() {
        if (events.size() + sessionEvents.size() == MAX_EVENTS) {
            throw tooLarge("more than " + MAX_EVENTS + " events in one transaction");
        }
    }

    private static int weight(SessionEvent event) {
        return switch (event) {
            case SessionEvent.SessionStarted e -> e.session().weight();
            case SessionEvent.SessionChanged e -> e.session().weight();
            case SessionEvent.SessionEnded _ -> 0;
            case SessionEvent.TurnStarted e -> e.turn().weight();
            case SessionEvent.TurnChanged e -> e.turn().weight();
        };
    }

    private void weigh(int weight) {
        bytes += weight;
        if (bytes > MAX_BYTES) {
            throw tooLarge("more than " + MAX_BYTES + " bytes in one transaction");
        }
    }

    /** @param position 1..{@link #count()} */
    private Message at(int position) {
        if (position > kept) {
            return appended.get(position - kept - 1);
        }
        Message now = edited.get(position);
        return now != null ? now : stored.messageAt(position);
    }

    private int count() {
        return kept + appended.size();
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
        boolean purged = events.stream().anyMatch(ConversationEvent.ConversationPurged.class::isInstance);
        return Optional.of(new Change(id, stored.head(), head, events, kept, List.copyOf(edited.values()), appended,
                sessionEvents, sessionEvents.isEmpty() && !purged ? Optional.empty() : activity));
    }

    /** A turn without its prompt could neither be answered nor be seen to end. */
    private void checkPrompt() {
        activity().openTurn().ifPresent(turn -> {
            if (head.isEmpty() || head.get().isDeleted() || message(turn.promptId()).isEmpty()) {
                throw new IllegalArgumentException("turn " + turn.id() + " is unfinished and its prompt is gone");
            }
        });
    }

    private void checkUse() {
        if (finished || Thread.currentThread().threadId() != threadId) {
            throw new IllegalStateException("a transaction is used outside its work");
        }
    }
}
