/**
 * The tools that an assistant may call. They only read, and return JSON. Invalid arguments do not throw: the result names the fault, so that
 * the assistant can correct it.
 *
 * <p>Assistants do not belong here, nor the decision which calls are allowed.
 */
@NullMarked
package dev.confab.adapter.assistant.tool;

import org.jspecify.annotations.NullMarked;
