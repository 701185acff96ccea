package dev.confab.application.conversation;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.Window;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Reads the first messages of a conversation as of one moment, window by window, while others may append.
 *
 * <p>The first window fixes the moment: its head's version. {@link ConversationWindow#asOf} tells whether a later window still shows that
 * version.
 */
final class SnapshotReader {
    private final ConversationReader reader;
    private final InstantSource clock;
    private final Conversation head;
    private final int last;
    private ConversationWindow window;
    private int given;

    private SnapshotReader(ConversationReader reader, InstantSource clock, ConversationWindow first, int last) {
        this.reader = reader;
        this.clock = clock;
        this.head = first.conversation();
        this.last = last;
        this.window = first;
    }

    /** All messages as of now. */
    static SnapshotReader whole(ConversationReader reader, InstantSource clock, OwnerId owner, ConversationId id) {
        ConversationWindow first = reader.read(id, Window.first(Window.MAX_LIMIT), clock.instant());
        return new SnapshotReader(reader, clock, first, first.conversation().ownedBy(owner).messageCount());
    }

    /** The messages up to a position as of now. */
    static SnapshotReader upTo(ConversationReader reader, InstantSource clock, OwnerId owner, ConversationId id,
            int last) {
        ConversationWindow first = reader.read(id, window(0, last), clock.instant());
        first.conversation().ownedBy(owner);
        return new SnapshotReader(reader, clock, first, last);
    }

    Conversation head() {
        return head;
    }

    /** How many messages it has. */
    int count() {
        return last;
    }

    boolean isComplete() {
        return given == last;
    }

    /** The next messages; empty when the moment can no longer be read. Must not be called when complete. */
    Optional<List<Message>> next() {
        if (given > 0) {
            window = reader.read(head.id(), window(given, last), clock.instant());
        }
        Optional<List<Message>> messages = window.asOf(head, given);
        given += messages.map(List::size).orElse(0);
        return messages;
    }

    private static Window window(int after, int last) {
        return new Window(after, last + 1, Math.min(last - after, Window.MAX_LIMIT), Window.Order.ASCENDING);
    }
}
