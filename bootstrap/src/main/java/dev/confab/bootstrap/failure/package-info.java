/**
 * Reports why Confab cannot start: what failed and what to do, without a stack trace. Code that finds a reason throws
 * {@link CannotStart}; Spring Boot passes it to the analyzer, which prints it, and the process exits with code 1.
 */
@NullMarked
package dev.confab.bootstrap.failure;

import org.jspecify.annotations.NullMarked;
