package dev.confab.domain.query;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import java.util.List;

/**
 * The messages in a {@link Window}, in its order, and the head of the same version.
 *
 * @param more whether a limit left messages of the window out; the next window starts after the last of these
 */
public record ConversationWindow(Conversation conversation, List<Message> messages, boolean more) {
    public ConversationWindow {
        messages = List.copyOf(messages);
    }
}
