package dev.confab.domain.query;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import java.util.List;

/**
 * The messages in a {@link Window}, and the head of the same version.
 *
 * @param messages in the order of the window
 * @param more whether the window contains more messages than these, because of its limit or of {@link Window#MAX_BYTES}; the next
 *        window starts after the last of these
 */
public record ConversationWindow(Conversation conversation, List<Message> messages, boolean more) {
    public ConversationWindow {
        messages = List.copyOf(messages);
    }
}
