package dev.confab.adapter.web.ui.view;

import dev.confab.domain.query.ConversationWindow;
import java.util.Comparator;
import java.util.List;

/**
 * Messages that follow each other, by position.
 *
 * @param first the position of the first of them, 0 without any
 * @param last the position of the last of them, 0 without any
 * @param count how many messages the conversation has
 */
public record WindowView(List<MessageView> messages, int first, int last, int count) {

    public static WindowView of(ConversationWindow window) {
        List<MessageView> messages = MessageView.of(window.messages()).stream()
                .sorted(Comparator.comparingInt(MessageView::position)).toList();
        return new WindowView(messages, messages.isEmpty() ? 0 : messages.getFirst().position(),
                messages.isEmpty() ? 0 : messages.getLast().position(), window.conversation().messageCount());
    }

    public boolean hasEarlier() {
        return first > 1;
    }

    public boolean hasLater() {
        return last < count;
    }
}
