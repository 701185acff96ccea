/**
 * Which messages of a conversation an assistant is told.
 *
 * <p>A budget of tokens decides. The system messages are told always, and so is the last message, which is the prompt. Then come the
 * newest messages that fit, without a gap. The results of tools are told together with the assistant's message before them, because a
 * model accepts a call only with its results. Removed messages are not told.
 *
 * <p>{@link dev.confab.application.turn.context.ContextReader} reads backwards, page by page, until the budget is full
 * ({@code ContextScan}), so a turn costs the same in a long conversation as in a short one. The result
 * ({@link dev.confab.application.turn.context.SelectedMessages}) can be made smaller, as the tool rounds of a turn need more of the budget.
 */
@NullMarked
package dev.confab.application.turn.context;

import org.jspecify.annotations.NullMarked;
