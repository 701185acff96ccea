/** The form of archives, which is the same whatever store runs. */
@NullMarked
package dev.confab.bootstrap.store.archive;

import org.jspecify.annotations.NullMarked;
