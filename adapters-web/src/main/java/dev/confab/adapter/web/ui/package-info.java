/**
 * The pages for a person with a browser. They are rendered here and kept up to date by htmx, which replaces parts of a page with what the
 * server renders; whatever a person changes goes through the same API as a program's requests ({@code /api/v1}), but for sending a
 * message, which also prepares the conversation and session that it needs. Begin with {@code page}: its controllers take a request to a
 * template under {@code resources/templates}; {@code live} keeps an open page in step with the store, {@code view} has what templates
 * show, and {@code markdown} the HTML of messages.
 */
@NullMarked
package dev.confab.adapter.web.ui;

import org.jspecify.annotations.NullMarked;
