/**
 * A conversation as values: the head, its messages, the events that change it and the decisions that make events.
 *
 * <p>Everything here is immutable and pure. A decision takes values and returns an event or throws a named error;
 * {@link dev.confab.domain.conversation.Conversation#apply} turns an event into the next head. What must not live here:
 * anything that reads, writes, waits, or knows the time.
 */
@NullMarked
package dev.confab.domain.conversation;

import org.jspecify.annotations.NullMarked;
