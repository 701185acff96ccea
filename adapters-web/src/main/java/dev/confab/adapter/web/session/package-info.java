/**
 * Sessions, their turns and tool calls: handlers, and the records of their requests and responses.
 */
@NullMarked
package dev.confab.adapter.web.session;

import org.jspecify.annotations.NullMarked;
