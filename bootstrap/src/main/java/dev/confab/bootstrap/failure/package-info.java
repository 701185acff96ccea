/**
 * Reports why Confab cannot start or a command failed: what failed and what to do, without a stack trace. Code that finds a reason why
 * Confab cannot start throws {@link CannotStart}; Spring Boot passes it to the analyzer, which prints it. The process ends with an
 * {@link ExitStatus}, one for each kind of failure.
 */
@NullMarked
package dev.confab.bootstrap.failure;

import org.jspecify.annotations.NullMarked;
