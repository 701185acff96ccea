/** The whole application, started as its users start it, spoken to over HTTP. */
@NullMarked
package dev.confab.bootstrap.endtoend;

import org.jspecify.annotations.NullMarked;
