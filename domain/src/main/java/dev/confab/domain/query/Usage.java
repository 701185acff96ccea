package dev.confab.domain.query;

import dev.confab.domain.conversation.Message;

/**
 * What an owner has stored.
 *
 * @param conversations live ones, those in the bin, and those that have expired but are not removed yet
 * @param messages in these conversations
 * @param bytes the sum of their weights ({@link Message#weight()})
 */
public record Usage(long conversations, long messages, long bytes) {
    public static final Usage NONE = new Usage(0, 0, 0);

    public Usage plus(Usage more) {
        return new Usage(conversations + more.conversations, messages + more.messages, bytes + more.bytes);
    }
}
