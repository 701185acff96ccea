/** Lists of an owner with many conversations, with and without filters, on files and on PostgreSQL. */
@NullMarked
package dev.confab.benchmarks.lists;

import org.jspecify.annotations.NullMarked;
