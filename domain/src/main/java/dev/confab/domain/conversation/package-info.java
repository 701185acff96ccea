/**
 * A conversation as values: the head, its messages, the events that change it, and the decisions that create events.
 *
 * <p>Everything here is immutable and has no side effects. A decision takes values and returns an event or throws a named exception;
 * {@link dev.confab.domain.conversation.Conversation#apply} computes the head after an event. Code that reads, writes, waits or
 * uses the clock does not belong here.
 */
@NullMarked
package dev.confab.domain.conversation;

import org.jspecify.annotations.NullMarked;
