/**
 * The tools that an assistant may call. They only read, and return JSON. For invalid arguments they do not throw: the result names the
 * fault, so that the assistant can correct it.
 *
 * <p>Neither assistants nor the decision which calls are allowed belong here.
 */
@NullMarked
package dev.confab.adapter.assistant.tool;

import org.jspecify.annotations.NullMarked;
