/**
 * The use cases on turns. A turn is one answer of an assistant to one prompt.
 *
 * <p>The life of a turn:
 * <ol>
 * <li>A POST calls {@link dev.confab.application.turn.TurnService}, which commits the prompt and the turn, running under a lease of this
 * instance, in one transaction; the same request again returns the same turn.
 * If the conversation has an unfinished turn, it is rejected, interrupts that turn, or waits with its messages in the queue. Whatever ends the
 * turn before it then begins it in the same commit ({@link dev.confab.application.conversation.HandOver}), and it goes on as any other.
 * <li>{@link dev.confab.application.turn.run.TurnRunner} opens the turn's event log and starts a run on its own thread, and the POST
 * returns.
 * <li>The run reads the session and the messages up to the prompt, and asks the assistant.
 * <li>Each piece of the answer becomes a delta in the log and wakes the readers, who write it to their sockets at their own speed.
 * <li>When the assistant asks for tools, the run commits the round, which is the turn's next step, calls the tools, and asks again with
 * their results; if the user must approve a call first, the run ends, and the approval starts the next one on the instance that
 * receives it.
 * <li>Meanwhile the lease is renewed whenever a third of it has passed; the renewal also stores the text so far, so that a cancel on
 * another instance can keep it.
 * <li>The run appends the reply and completes the turn in one transaction, or fails the turn with a reason: the assistant's own, a
 * timeout, or a limit. However it ends, the text so far is appended in the same commit, marked with the reason
 * ({@link dev.confab.domain.conversation.IncompleteReason}).
 * <li>Others may end it: the user cancels it, or removes its prompt, session or conversation; any other instance fails it once its lease
 * has expired. The first end committed wins, because every write names the turn's step (the fence), and later writes are rejected.
 * <li>A run learns of such an end from the change feed, or at the latest from its rejected renewal; it is then interrupted and writes
 * nothing more.
 * <li>The end is the last event of the log, which is kept for some minutes; later readers get the committed turn. At shutdown the runner
 * accepts no more turns, interrupts its runs, and fails their turns, so that no client waits for a lease to expire. A turn behind which others
 * wait is left to another instance instead: its lease ends at once.
 * </ol>
 */
@NullMarked
package dev.confab.application.turn;

import org.jspecify.annotations.NullMarked;
