/**
 * The parameters and results of readers: queries with their limits, pages with the key of the next page, windows of messages, and
 * search hits with snippets.
 *
 * <p>There are only values here; the contract of the readers is in {@link dev.confab.domain.port}.
 */
@NullMarked
package dev.confab.domain.query;

import org.jspecify.annotations.NullMarked;
