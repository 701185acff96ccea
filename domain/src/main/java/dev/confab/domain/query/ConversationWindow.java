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
     * The messages as they were in an earlier version of the same conversation.
     *
     * @param after the position before the first message of an ascending window
     * @return empty if the earlier version can no longer be read, because messages after that position are missing or have changed since
     */
    public Optional<List<Message>> asOf(Conversation earlier, int after) {
        boolean whole = !messages.isEmpty() && messages.getLast().position() == after + messages.size();
        return whole && isUnchangedSince(earlier) ? Optional.of(messages) : Optional.empty();
    }

    /**
     * Whether all messages of the window were at their positions, as they are, in an earlier version: a message carries the version that last
     * changed it. False if the conversation was purged since and created again, by whatever request and owner.
     */
    public boolean isUnchangedSince(Conversation earlier) {
        Version version = earlier.version();
        return conversation.digest().equals(earlier.digest()) && conversation.owner().equals(earlier.owner())
                && conversation.version().compareTo(version) >= 0
                && messages.stream().allMatch(message -> message.version().compareTo(version) <= 0);
    }
}
