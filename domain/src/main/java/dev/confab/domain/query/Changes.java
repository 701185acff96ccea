package dev.confab.domain.query;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import java.util.List;

/**
 * The changes of a conversation since a version. To update a copy, remove the messages after {@code messageCount} and put each of these
 * at its position.
 *
 * @param messages the messages with a greater version, by position; empty when {@code reset}
 * @param reset whether the copy must be read again completely: too much has changed, or the version is greater than the conversation's
 */
public record Changes(Conversation conversation, List<Message> messages, boolean reset) {
    /** With more messages than this, or more than {@link Window#MAX_BYTES}, the response is a {@code reset}. */
    public static final int MAX_MESSAGES = 1_000;

    public Changes {
        messages = List.copyOf(messages);
    }

    /** The changes after a version; {@code changed} are all messages whose version is greater, by position. */
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

    /** The answer that asks the reader to read everything again. */
    public static Changes reset(Conversation conversation) {
        return new Changes(conversation, List.of(), true);
    }
}
