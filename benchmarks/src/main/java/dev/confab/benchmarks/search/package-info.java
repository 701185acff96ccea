/** Searches of an owner with many messages, on files and on PostgreSQL. */
@NullMarked
package dev.confab.benchmarks.search;

import org.jspecify.annotations.NullMarked;
