/**
 * Every failure as one problem (RFC 9457). {@code ProblemCode} lists the kinds; {@code ProblemException} is one problem on its
 * way; {@code ExceptionProblems} maps the errors of the domain, the stores and the framework to problems; {@code ProblemAdvice} catches them all
 * and {@code ProblemWriter} writes them.
 */
@NullMarked
package dev.confab.adapter.web.problem;

import org.jspecify.annotations.NullMarked;
