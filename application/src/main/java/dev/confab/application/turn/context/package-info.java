/**
 * Selects the messages of a conversation that an assistant gets.
 *
 * <p>A budget of tokens decides how many. The system messages and the last message, which is the prompt, are always selected. Then come
 * the newest messages that fit, without a gap. The results of tools are selected together with the assistant's message before them, because
 * a model accepts a call only with its results. Removed messages are left out.
 *
 * <p>{@link dev.confab.application.turn.context.ContextReader} reads backwards, page by page, until the budget is full
 * ({@code ContextScan}), so a turn costs the same in a long conversation as in a short one. The result
 * ({@link dev.confab.application.turn.context.SelectedMessages}) can be made smaller, as the tool rounds of a turn need more of the budget.
 */
@NullMarked
package dev.confab.application.turn.context;

import org.jspecify.annotations.NullMarked;
