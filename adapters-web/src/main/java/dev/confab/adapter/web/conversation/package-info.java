/**
 * Conversations and their messages: handlers, and the records of their requests and responses.
 */
@NullMarked
package dev.confab.adapter.web.conversation;

import org.jspecify.annotations.NullMarked;
