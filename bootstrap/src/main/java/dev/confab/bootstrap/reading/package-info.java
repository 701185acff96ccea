/**
 * The commands that read an owner's conversations: {@code list}, {@code search} and {@code show}. They ask a {@link
 * dev.confab.bootstrap.reading.ConversationSource}, which is the store of the settings or a running server, page by page, and print each
 * page before they ask for the next one. A source answers with the records of the HTTP API, so that {@code --json} prints what the API
 * would.
 */
@NullMarked
package dev.confab.bootstrap.reading;

import org.jspecify.annotations.NullMarked;
