/**
 * The text of one answer, from the assistant's pieces to what a store can keep: pieces become whole code points, the whole must fit in
 * one message, and a failure is named as the turn's owner will see it.
 *
 * <p>Nothing here knows threads, leases or stores.
 */
@NullMarked
package dev.confab.application.turn.answer;

import org.jspecify.annotations.NullMarked;
