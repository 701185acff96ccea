package dev.confab.application.turn.context;

import dev.confab.domain.query.TokenWindow.Counted;
import java.util.List;

/**
 * Messages that an assistant gets together or not at all.
 *
 * @param tokens of all of them
 * @param always whether they must be told
 */
record MessageGroup(List<Counted> messages, int tokens, boolean always) {
    MessageGroup {
        messages = List.copyOf(messages);
    }
}
