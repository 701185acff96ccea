package dev.confab.benchmarks.postgres;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageDraft;

/** Something that appends a message to a conversation of {@link Seed}, durably once it returns. */
interface Appender {
    void append(ConversationId id, MessageDraft draft);
}
