/**
 * The messages of a conversation: handlers, and the records of their requests and responses.
 */
@NullMarked
package dev.confab.adapter.web.message;

import org.jspecify.annotations.NullMarked;
