/**
 * An assistant that needs no network. It answers from the conversation by simple rules, and its commands produce everything that a turn
 * can meet: a slow answer, a failure, a tool call.
 *
 * <p>{@code OfflineAssistant} parses the prompt into a {@code Command} and executes it: {@code ConversationRecall} answers a question,
 * {@code ToolReport} describes the result of a tool call, {@code WordWriter} sends the text to the turn word by word.
 *
 * <p>Tools do not belong here, nor anything that depends on chance or the clock.
 */
@NullMarked
package dev.confab.adapter.assistant.offline;

import org.jspecify.annotations.NullMarked;
