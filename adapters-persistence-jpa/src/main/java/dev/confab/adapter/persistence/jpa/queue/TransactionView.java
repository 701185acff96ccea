package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.adapter.persistence.jpa.commit.KnownRow;
import dev.confab.adapter.persistence.jpa.commit.PendingChange;
import dev.confab.adapter.persistence.jpa.commit.StoredRows;
import dev.confab.adapter.persistence.jpa.queue.WriterThreads.OnConnection;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.session.Activity;
import dev.confab.domain.work.ActivityChange;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.MessageOverlay;
import dev.confab.domain.work.UnitOfWork;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state that one run of a transaction function sees: the known row, and over it the changes that earlier functions
 * recorded and that are not yet committed.
 *
 * <p>A message id in none of these changes is first assumed to be absent from the database, too, which spares an append
 * its look-up: if the function appends that id, the unique constraint checks the assumption. If it does anything else
 * with the answer, it runs again with a real look-up (see {@link #isAnswered}).
 */
final class TransactionView implements UnitOfWork.Stored {
    private final ConversationId id;
    private final KnownRow base;
    private final List<PendingChange> pending;
    private final StoredRows rows;
    private final Reading reading;
    private final boolean careful;
    private final Set<MessageId> assumedAbsent = new HashSet<>();
    private boolean lookedUp;
    private boolean moved;
    private @Nullable StorageException failure;
    private @Nullable Activity storedActivity;

    /** Provides the connection of a look-up. Throws {@link StorageException} when the look-up fails. */
    @FunctionalInterface
    interface Reading {
        <T> T read(OnConnection<T> lookup);
    }

    /** The database has a later state than this view. Thrown through the function, which then runs again. */
    static final class Moved extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Moved() {
            super("another instance has changed the conversation", null, false, false);
        }
    }

    /** @param careful whether to look every message id up */
    TransactionView(ConversationId id, KnownRow base, List<PendingChange> pending, StoredRows rows, Reading reading,
            boolean careful) {
        this.id = id;
        this.base = base;
        this.pending = List.copyOf(pending);
        this.rows = rows;
        this.reading = reading;
        this.careful = careful;
    }

    /** The same view, which looks every message id up. The sessions and turns that were read stay. */
    TransactionView carefully() {
        var view = new TransactionView(id, base, pending, rows, reading, true);
        view.storedActivity = storedActivity;
        return view;
    }

    @Override
    public Optional<Conversation> head() {
        return pending.isEmpty() ? base.head() : pending.getLast().head();
    }

    @Override
    public Optional<Message> message(MessageId message) {
        return message(message, pending.size());
    }

    private Optional<Message> message(MessageId message, int height) {
        if (height == 0) {
            return stored(message);
        }
        MessageOverlay top = pending.get(height - 1).messages();
        return top.appended(message).or(() -> message(message, height - 1).flatMap(top::over));
    }

    @Override
    public Message messageAt(int position) {
        for (PendingChange change : pending.reversed()) {
            Optional<Message> found = change.messages().at(position);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return lookUp(connection -> rows.messageAt(connection, id, position)).orElseThrow(() -> {
            moved = true;
            return new Moved();
        });
    }

    /**
     * The sessions and turns after the latest change that changed them, else the committed ones. Those may belong to a
     * later commit than the known row; then the commit or the confirmation fails.
     */
    @Override
    public Activity activity() {
        return pending.reversed().stream().flatMap(change -> change.activity().stream()).findFirst()
                .map(ActivityChange::after).orElseGet(this::storedActivity);
    }

    private Activity storedActivity() {
        if (base.head().isEmpty()) {
            return Activity.NONE;
        }
        lookedUp = true;
        if (storedActivity == null) {
            storedActivity = lookUp(connection -> rows.activity(connection, id));
        }
        return storedActivity;
    }

    private Optional<Message> stored(MessageId message) {
        if (base.messageCount() == 0) {
            return Optional.empty();
        }
        if (!careful) {
            assumedAbsent.add(message);
            return Optional.empty();
        }
        // Another instance may have appended a row past the known end. The commit will find that the row has changed.
        return lookUp(connection -> rows.message(connection, id, message))
                .filter(found -> found.position() <= base.messageCount());
    }

    private <T> T lookUp(OnConnection<T> lookup) {
        lookedUp = true;
        try {
            return reading.read(lookup);
        } catch (StorageException e) {
            failure = e;
            throw e;
        }
    }

    /** Why a look-up failed. The run must then be ignored, whatever the function made of the error. */
    Optional<StorageException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether a look-up showed that the database has a later state. The run must then be ignored. */
    boolean hasMoved() {
        return moved;
    }

    /** Whether the function used the head alone. */
    boolean restsOnHeadAlone() {
        return !lookedUp && assumedAbsent.isEmpty();
    }

    /** Whether the commit checks every assumption: each such id is inserted, after no message has been deleted. */
    boolean isAnswered(Optional<Change> change) {
        return assumedAbsent.isEmpty() || change.isPresent() && keepsAll(change.get())
                && change.get().appended().stream().map(Message::id).toList().containsAll(assumedAbsent);
    }

    /** Whether the change deletes none of the messages that it found. */
    static boolean keepsAll(Change change) {
        return change.keptCount() == change.before().map(Conversation::messageCount).orElse(0);
    }
}
