/** A running server, as a command calls it over HTTP. */
@NullMarked
package dev.confab.bootstrap.remote;

import org.jspecify.annotations.NullMarked;
