package dev.confab.domain.query;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import java.util.List;

/**
 * The changes of a conversation since a version. To bring a copy up to date, remove the messages after {@code messageCount} and put
 * each of these messages at its position.
 *
 * @param messages the messages with a greater version, by position; empty when {@code reset}
 * @param reset whether the copy must be read again completely, because there are too many changes or because the given version is
 *        greater than that of the conversation
 */
public record Changes(Conversation conversation, List<Message> messages, boolean reset) {
    /** With more messages than this, or more than {@link Window#MAX_BYTES}, the response is a {@code reset}. */
    public static final int MAX_MESSAGES = 1_000;

    public Changes {
        messages = List.copyOf(messages);
    }
}
