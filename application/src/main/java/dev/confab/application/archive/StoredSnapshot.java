package dev.confab.application.archive;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.StoredWindow;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Activity;
import java.util.List;
import java.util.Optional;

/**
 * A conversation as of one moment, in whatever state it is, read window by window while others may change it.
 *
 * <p>The first window fixes the moment: its head's version. {@link ConversationWindow#asOf} tells whether a later window still shows that
 * version.
 */
final class StoredSnapshot {
    private final StoredConversations stored;
    private final Conversation head;
    private final Activity activity;
    private ConversationWindow window;
    private int given;

    private StoredSnapshot(StoredConversations stored, StoredWindow first) {
        this.stored = stored;
        this.head = first.window().conversation();
        this.activity = first.activity();
        this.window = first.window();
    }

    /** Empty when there is no such conversation, or it is not complete yet. */
    static Optional<StoredSnapshot> of(StoredConversations stored, ConversationId id) {
        return stored.read(id, Window.first(Window.MAX_LIMIT))
                .filter(first -> !first.window().conversation().isStaged())
                .map(first -> new StoredSnapshot(stored, first));
    }

    Conversation head() {
        return head;
    }

    Activity activity() {
        return activity;
    }

    boolean isComplete() {
        return given == head.messageCount();
    }

    /** The next messages; empty when the moment can no longer be read. Must not be called when complete. */
    Optional<List<Message>> next() {
        if (given > 0) {
            int rest = Math.min(head.messageCount() - given, Window.MAX_LIMIT);
            var next = new Window(given, head.messageCount() + 1, rest, Window.Order.ASCENDING);
            Optional<ConversationWindow> read = stored.read(head.id(), next).map(StoredWindow::window);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            window = read.get();
        }
        Optional<List<Message>> messages = window.asOf(head, given);
        given += messages.map(List::size).orElse(0);
        return messages;
    }
}
