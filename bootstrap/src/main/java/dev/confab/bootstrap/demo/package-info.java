/** The profile {@code demo}: starts a PostgreSQL, so that one command shows the store on PostgreSQL. No other package needs this one. */
@NullMarked
package dev.confab.bootstrap.demo;

import org.jspecify.annotations.NullMarked;
