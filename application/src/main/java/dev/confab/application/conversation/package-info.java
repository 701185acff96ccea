/**
 * The use cases on conversations and their messages: create, list, change, delete, fork, search, export and import.
 *
 * <p>A service resolves ids and reads the clock first, and then runs one decision of the domain in one transaction: a store may run
 * the transaction function more than once (S9), so the function itself must have no other side effects.
 * {@link dev.confab.application.conversation.IdempotentCreation} recognises a repeated create, fork or import,
 * {@link dev.confab.application.conversation.MessageBatch} a repeated append (S10).
 */
@NullMarked
package dev.confab.application.conversation;

import org.jspecify.annotations.NullMarked;
