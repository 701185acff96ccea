/**
 * Export and import of the whole store, for callers with the scope {@code admin}. Both are streams of an archive: what goes through them is
 * held conversation by conversation, and only a few run at a time.
 */
@NullMarked
package dev.confab.adapter.web.archive;

import org.jspecify.annotations.NullMarked;
