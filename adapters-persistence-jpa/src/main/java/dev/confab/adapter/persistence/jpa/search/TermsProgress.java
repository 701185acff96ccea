package dev.confab.adapter.persistence.jpa.search;

/**
 * How far the search terms are rewritten.
 *
 * @param rewritten messages and titles that have today's terms, of those that had not
 */
public record TermsProgress(long rewritten, long total) {
}
