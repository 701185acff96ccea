/**
 * How JSON is read and written. A request's body is first checked as a whole ({@code CheckedJsonParser}), then bound to a record
 * ({@code StrictJson}, {@code DomainValues}, {@code Patch}); what Jackson refuses becomes a problem that names the place ({@code JsonFaults}).
 * JSON that Confab only stores keeps its digits ({@code ExactJson}).
 */
@NullMarked
package dev.confab.adapter.web.json;

import org.jspecify.annotations.NullMarked;
