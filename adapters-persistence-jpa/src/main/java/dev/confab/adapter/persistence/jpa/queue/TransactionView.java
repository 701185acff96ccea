package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.adapter.persistence.jpa.commit.KnownRow;
import dev.confab.adapter.persistence.jpa.commit.PendingChange;
import dev.confab.domain.conversation.Conversation;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a work sees: the row as it is known, and over it the pending that earlier works recorded and that are not yet
 * committed.
 *
 * <p>A message id that is in no pending is first assumed not to be in the database either, which spares an append its look-up: if
 * the work then appends it, the unique constraint tells whether that was right. Whatever else a work does with the answer, it
 * is run again with a real look-up ({@link #isAnswered}).
 */
final class TransactionView implements UnitOfWork.Stored {
    private final KnownRow base;
    private final List<PendingChange> pending;
    private final Lookups lookups;
    private final boolean careful;
    private final Set<MessageId> assumedAbsent = new HashSet<>();
    private boolean lookedUp;
    private boolean moved;
    private @Nullable StorageException failure;
    private @Nullable Activity storedActivity;

    /** Looks at what is committed. Throws {@link StorageException} when it cannot. */
    interface Lookups {
        Optional<Message> message(MessageId id);

        Optional<Message> messageAt(int position);

        Activity activity();
    }

    /** The database no longer has the state this view is over. Passes through the work, which is then run again. */
    static final class Moved extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Moved() {
            super("the conversation has been changed by another instance", null, false, false);
        }
    }

    /** @param careful whether to look every message id up */
    TransactionView(KnownRow base, List<PendingChange> pending, Lookups lookups, boolean careful) {
        this.base = base;
        this.pending = List.copyOf(pending);
        this.lookups = lookups;
        this.careful = careful;
    }

    /**
     * The same view, but that it looks every message id up. What was looked up of sessions and turns stays: it is as the row is
     * known, or no run over that is confirmed.
     */
    TransactionView carefully() {
        var view = new TransactionView(base, pending, lookups, true);
        view.storedActivity = storedActivity;
        return view;
    }

    @Override
    public Optional<Conversation> head() {
        return pending.isEmpty() ? base.head() : pending.getLast().head();
    }

    @Override
    public Optional<Message> message(MessageId id) {
        return message(id, pending.size());
    }

    private Optional<Message> message(MessageId id, int height) {
        if (height == 0) {
            return stored(id);
        }
        MessageOverlay top = pending.get(height - 1).messages();
        return top.appended(id).or(() -> message(id, height - 1).flatMap(top::over));
    }

    @Override
    public Message messageAt(int position) {
        for (PendingChange pending : pending.reversed()) {
            Optional<Message> found = pending.messages().at(position);
            if (found.isPresent()) {
                return found.get();
            }
        }
        lookedUp = true;
        return guarded(() -> lookups.messageAt(position)).orElseThrow(() -> {
            moved = true;
            return new Moved();
        });
    }

    /**
     * What the topmost pending left that changed it, else what is committed. That may be of a later commit than the head: then
     * the row is no longer as known, and the confirmation or the commit, which this makes necessary, fails.
     */
    @Override
    public Activity activity() {
        return pending.reversed().stream().flatMap(pending -> pending.activity().stream()).findFirst()
                .map(ActivityChange::after).orElseGet(this::storedActivity);
    }

    private Activity storedActivity() {
        if (base.head().isEmpty()) {
            return Activity.NONE;
        }
        lookedUp = true;
        if (storedActivity == null) {
            storedActivity = guarded(lookups::activity);
        }
        return storedActivity;
    }

    private Optional<Message> stored(MessageId id) {
        if (base.messageCount() == 0) {
            return Optional.empty();
        }
        if (!careful) {
            assumedAbsent.add(id);
            return Optional.empty();
        }
        lookedUp = true;
        // A row past the known end is another instance's; that the state has moved comes out at the commit.
        return guarded(() -> lookups.message(id)).filter(message -> message.position() <= base.messageCount());
    }

    private <T> T guarded(Supplier<T> lookup) {
        try {
            return lookup.get();
        } catch (StorageException e) {
            failure = e;
            throw e;
        }
    }

    /** Why a look-up failed: the outcome is void then, whatever the work made of it. */
    Optional<StorageException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether the database was seen to have moved on: the outcome is void then. */
    boolean hasMoved() {
        return moved;
    }

    /** Whether the outcome rests on the head alone. */
    boolean restsOnHeadAlone() {
        return !lookedUp && assumedAbsent.isEmpty();
    }

    /**
     * Whether committing the change proves every assumption right: each id assumed absent is inserted, and nothing is deleted
     * before that could have held it.
     */
    boolean isAnswered(Optional<Change> change) {
        return assumedAbsent.isEmpty() || change.isPresent() && keepsAll(change.get())
                && change.get().appended().stream().map(Message::id).toList().containsAll(assumedAbsent);
    }

    /** Whether the change leaves all messages there that it found. */
    static boolean keepsAll(Change change) {
        return change.kept() == change.before().map(Conversation::messageCount).orElse(0);
    }
}
