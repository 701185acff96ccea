/**
 * The tokenizer of search, the same in every store: how a text becomes terms, and where a text contains a phrase.
 *
 * <p>{@link dev.confab.domain.terms.Terms} makes the terms that a store puts into its index. {@link dev.confab.domain.terms.Phrases} are the
 * words of a query: its terms narrow the index down to candidates, and it decides on the candidate's text whether that is a hit. So an index may
 * offer too much, never too little: every text that matches contains all terms of the query.
 *
 * <p>A text is scanned once, in time in proportion to its length, whatever it contains.
 */
@NullMarked
package dev.confab.domain.terms;

import org.jspecify.annotations.NullMarked;
