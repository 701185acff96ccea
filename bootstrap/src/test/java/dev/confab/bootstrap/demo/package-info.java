/** Tests of the profile {@code demo}. */
@NullMarked
package dev.confab.bootstrap.demo;

import org.jspecify.annotations.NullMarked;
