/**
 * The store's memory: a table of all conversations, each with its newest state and a permit to change it, and indexes of
 * lists, filters, sessions and turns.
 *
 * <p>A transaction acquires the permit from {@link dev.confab.adapter.persistence.file.memory.ConversationTable}, starts from the
 * {@link dev.confab.adapter.persistence.file.memory.ConversationState} of that moment, and the journal's thread publishes the next state.
 * Readers take the newest state and need no permit.
 */
@NullMarked
package dev.confab.adapter.persistence.file.memory;

import org.jspecify.annotations.NullMarked;
