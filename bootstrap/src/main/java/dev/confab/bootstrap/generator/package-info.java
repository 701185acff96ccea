/** Generates ids and secrets: the only place where chance enters. */
@NullMarked
package dev.confab.bootstrap.generator;

import org.jspecify.annotations.NullMarked;
