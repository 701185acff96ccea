/**
 * The search index, kept by Lucene and derived from the conversations: a thread of its own indexes each commit after it was published.
 * A missing, damaged or outdated index is brought up to date when the store is opened.
 */
@NullMarked
package dev.confab.adapter.persistence.file.search;

import org.jspecify.annotations.NullMarked;
