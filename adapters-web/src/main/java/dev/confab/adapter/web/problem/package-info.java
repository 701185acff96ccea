/**
 * Every failure as one problem (RFC 9457). {@code ProblemCode} lists the kinds. A {@code ProblemException} carries one problem.
 * {@code ExceptionProblems} maps the errors of the domain, the stores and the framework to problems. {@code ProblemAdvice} catches all
 * errors, and {@code ProblemWriter} writes the problem.
 */
@NullMarked
package dev.confab.adapter.web.problem;

import org.jspecify.annotations.NullMarked;
