/**
 * Counts conversations for {@link dev.confab.application.Statistics}. A conversation is read as of one version and counted in one pass,
 * window by window; what was counted is kept for as long as its version is the latest and there is room. Statistics of all conversations
 * are the sum of what is kept of each.
 */
@NullMarked
package dev.confab.application.statistics;

import org.jspecify.annotations.NullMarked;
