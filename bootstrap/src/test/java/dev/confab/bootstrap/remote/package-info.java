/** How a command calls a running server. */
@NullMarked
package dev.confab.bootstrap.remote;

import org.jspecify.annotations.NullMarked;
