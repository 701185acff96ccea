package dev.confab.adapter.persistence.jpa;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.query.Window;
import java.util.List;

/**
 * The positions that a window's answer may take in a conversation, whose messages stand at 1..messageCount without a gap.
 *
 * @param first the lowest position, inclusive
 * @param last the highest, inclusive
 * @param inWindow how many messages the window holds, its limit aside
 */
record Span(int first, int last, boolean ascending, int inWindow) {

    static Span of(Window window, int messageCount) {
        int first = Math.min(window.after(), messageCount) + 1;
        int last = Math.min(window.before() - 1, messageCount);
        int inWindow = Math.max(0, last - first + 1);
        int beyond = Math.max(0, inWindow - window.limit());
        return window.order() == Window.Order.ASCENDING
                ? new Span(first, last - beyond, true, inWindow)
                : new Span(first + beyond, last, false, inWindow);
    }

    boolean isEmpty() {
        return inWindow == 0;
    }

    /** A message that is missing, at the answer's start or inside, is damage: an answer must not look whole without it. */
    void requireDense(ConversationId id, List<Message> answer) {
        for (int i = 0; i < Math.max(1, answer.size()); i++) {
            int expected = ascending ? first + i : last - i;
            if (answer.isEmpty() || answer.get(i).position() != expected) {
                throw Damage.named(id.value(), new IllegalStateException("message " + expected + " is missing"));
            }
        }
    }
}
