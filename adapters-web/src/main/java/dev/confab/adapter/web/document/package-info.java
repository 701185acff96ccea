/**
 * Conversations as documents to read and to keep: Markdown, HTML and lines of JSON, one as a file or all of an owner's as a zip. Each is
 * written while it is read from the store. They are not for importing.
 */
@NullMarked
package dev.confab.adapter.web.document;

import org.jspecify.annotations.NullMarked;
