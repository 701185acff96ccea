/**
 * The driven ports: what the domain needs from the outside, each with its contract.
 *
 * <p>{@link dev.confab.domain.port.ConversationStore} holds the clauses S1..S20; the module
 * {@code adapters-persistence-contract} makes them executable. What must not live here: an implementation that does I/O.
 */
@NullMarked
package dev.confab.domain.port;

import org.jspecify.annotations.NullMarked;
