/**
 * What readers are asked and what they return: queries with their limits, pages with the key of the next one, windows of messages,
 * search hits with their snippets.
 *
 * <p>Values only: what a store promises about them is in {@link dev.confab.domain.port}.
 */
@NullMarked
package dev.confab.domain.query;

import org.jspecify.annotations.NullMarked;
