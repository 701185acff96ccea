package dev.confab.adapter.persistence.file.journal;

import dev.confab.domain.conversation.ConversationId;
import java.util.Set;

/**
 * The part of the journal that a checkpoint must cover: all segments up to the number {@code last}, with commits of these conversations.
 *
 * @param mark the high-water mark for the time when they are covered
 */
public record EndedSegments(long last, Set<ConversationId> conversations, long bytes, HighWaterMark mark) {
}
