/** Wires the statistics: the stop words of Lucene, the files that imports tell of, and the cache of what was counted. */
@NullMarked
package dev.confab.bootstrap.statistics;

import org.jspecify.annotations.NullMarked;
