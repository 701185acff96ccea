/** The profile {@code demo}: a PostgreSQL of its own, so that one command shows the store on it. No other package needs this one. */
@NullMarked
package dev.confab.bootstrap.demo;

import org.jspecify.annotations.NullMarked;
