/**
 * Reports why Confab cannot start or a command failed: what failed and what to do, without a stack trace. Code that finds a reason why
 * Confab cannot start throws {@link CannotStart}; Spring Boot passes it to the analyzer, which prints it. The process ends with the
 * {@link ExitStatus} that says of what kind the failure is.
 */
@NullMarked
package dev.confab.bootstrap.failure;

import org.jspecify.annotations.NullMarked;
