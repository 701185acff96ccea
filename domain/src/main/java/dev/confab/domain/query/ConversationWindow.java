package dev.confab.domain.query;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Version;
import java.util.List;
import java.util.Optional;

/**
 * The messages in a {@link Window}, in its order, and the head of the same version.
 *
 * @param more whether a limit left messages of the window out; the next window starts after the last of these
 */
public record ConversationWindow(Conversation conversation, List<Message> messages, boolean more) {
    public ConversationWindow {
        messages = List.copyOf(messages);
    }

    /**
     * The messages as they were in an earlier version of the same conversation. A message carries the version that last changed it: if that is
     * not greater, the message was at its position, unchanged, in the earlier version.
     *
     * @param after the position before the first message of an ascending window
     * @return empty if the earlier version can no longer be read, because messages after that position are missing or have changed since
     */
    public Optional<List<Message>> asOf(Version version, int after) {
        boolean whole = !messages.isEmpty() && messages.getLast().position() == after + messages.size();
        boolean unchanged = conversation.version().compareTo(version) >= 0
                && messages.stream().allMatch(message -> message.version().compareTo(version) <= 0);
        return whole && unchanged ? Optional.of(messages) : Optional.empty();
    }
}
