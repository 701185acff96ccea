/**
 * The tools an assistant may ask for. They only read, answer in JSON, and tell the assistant what is wrong with its arguments instead of
 * throwing. What must not live here: an assistant, or who may call which tool.
 */
@NullMarked
package dev.confab.adapter.assistant.tool;

import org.jspecify.annotations.NullMarked;
