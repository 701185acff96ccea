/**
 * Turns and their tool calls: handlers, and the records of their requests and responses.
 */
@NullMarked
package dev.confab.adapter.web.turn;

import org.jspecify.annotations.NullMarked;
