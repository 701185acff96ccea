/**
 * The commands that move stores: {@code export}, {@code import} and {@code verify}, on a store that no other process has open, or on a
 * running server over HTTP.
 */
@NullMarked
package dev.confab.bootstrap.archive;

import org.jspecify.annotations.NullMarked;
