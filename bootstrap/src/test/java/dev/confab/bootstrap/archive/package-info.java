/** Moving stores: the use cases, and moves between the stores. */
@NullMarked
package dev.confab.bootstrap.archive;

import org.jspecify.annotations.NullMarked;
