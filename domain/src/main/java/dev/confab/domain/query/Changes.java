package dev.confab.domain.query;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import java.util.List;

/**
 * Applied to a copy of the conversation as of the version asked for: drop what is past {@code messageCount}, put each message
 * at its position.
 *
 * @param messages those whose version is greater, by position; empty when {@code reset}
 * @param reset the changes are too many or too heavy, or the version asked for is ahead: read everything anew
 */
public record Changes(Conversation conversation, List<Message> messages, boolean reset) {
    /** There are never more messages than this: beyond it, or beyond {@link Window#MAX_BYTES}, the answer is {@code reset}. */
    public static final int MAX_MESSAGES = 1_000;

    public Changes {
        messages = List.copyOf(messages);
    }
}
