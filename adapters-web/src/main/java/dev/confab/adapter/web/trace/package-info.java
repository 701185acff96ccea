/**
 * Which trace a request belongs to, when traces are on. {@link dev.confab.adapter.web.trace.TraceValve} decides before the framework reads
 * the headers: only a proxy that is trusted may name a trace. {@link dev.confab.adapter.web.trace.CurrentTrace} is the trace that the
 * framework then began, whose id is the request's id. {@link dev.confab.adapter.web.trace.RequestSpans} says what a request's span contains.
 */
@NullMarked
package dev.confab.adapter.web.trace;

import org.jspecify.annotations.NullMarked;
