/**
 * Rewrites the search terms of rows that an earlier version of the tokenizer made, while the store serves. It changes nothing else of a row:
 * no version, no revision, no transaction for the change feed.
 */
@NullMarked
package dev.confab.adapter.persistence.jpa.search;

import org.jspecify.annotations.NullMarked;
