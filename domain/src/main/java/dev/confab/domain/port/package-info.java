/**
 * The driven ports: interfaces that the domain needs and adapters implement, each with its contract.
 *
 * <p>{@link dev.confab.domain.port.ConversationStore} contains the clauses S1 to S21, which the tests in the
 * module {@code adapters-persistence-contract} check. No implementation that does I/O belongs here.
 */
@NullMarked
package dev.confab.domain.port;

import org.jspecify.annotations.NullMarked;
