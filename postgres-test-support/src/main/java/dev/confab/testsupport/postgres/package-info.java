/** A PostgreSQL server for tests and benchmarks: embedded, in a container, or one that is there. Nothing of production uses it. */
@NullMarked
package dev.confab.testsupport.postgres;

import org.jspecify.annotations.NullMarked;
