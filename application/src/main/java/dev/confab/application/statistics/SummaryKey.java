package dev.confab.application.statistics;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.statistics.Period;
import java.time.Instant;

/**
 * What a summary was made of. An edit makes another version, and so another key.
 *
 * @param createdAt tells apart a conversation that was purged and created again with the same id
 */
public record SummaryKey(ConversationId id, Instant createdAt, Version version, Period period) {
    static SummaryKey of(Conversation head, Period period) {
        return new SummaryKey(head.id(), head.createdAt(), head.version(), period);
    }
}
