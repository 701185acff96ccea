/** The command {@code verify-erased}. It asks the selected store's {@link dev.confab.bootstrap.store.ErasureCheck}. */
@NullMarked
package dev.confab.bootstrap.erasure;

import org.jspecify.annotations.NullMarked;
