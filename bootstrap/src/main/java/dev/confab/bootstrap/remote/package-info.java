/** A running server, as a command calls it over HTTP, and the options that name one. */
@NullMarked
package dev.confab.bootstrap.remote;

import org.jspecify.annotations.NullMarked;
