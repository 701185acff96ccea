package dev.confab.domain.query;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import java.util.List;

/**
 * @param messages in the window's order
 * @param more whether the window holds further messages than these, because of its limit or of
 *        {@link Window#MAX_BYTES}; the next window starts beyond the last of these
 */
public record ConversationWindow(Conversation conversation, List<Message> messages, boolean more) {
    public ConversationWindow {
        messages = List.copyOf(messages);
    }
}
