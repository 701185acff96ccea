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

    /**
     * The changes after a version, or a reset by the rule that is the same in every store.
     *
     * @param version that was asked for
     * @param changed all messages whose version is greater, by position
     */
    public static Changes since(long version, Conversation conversation, List<Message> changed) {
        boolean complete = version <= conversation.version().value()
                && fit(changed.stream().map(Message::weight).toList());
        return complete ? new Changes(conversation, changed, false) : reset(conversation);
    }

    /** Whether one answer can hold changed messages of these weights, in bytes. */
    public static boolean fit(List<Integer> weights) {
        return weights.size() <= MAX_MESSAGES
                && weights.stream().mapToLong(Integer::longValue).sum() <= Window.MAX_BYTES;
    }

    /** The answer that asks the reader to read everything anew. */
    public static Changes reset(Conversation conversation) {
        return new Changes(conversation, List.of(), true);
    }
}
