/**
 * How JSON is read and written. {@code RequestBodies} checks the media type and size of a request's body. {@code StrictJson} checks that it
 * is well-formed, then binds it to a record ({@code DomainValues}, {@code Patch}); a fault becomes a problem that names its place
 * ({@code JsonFaults}). A handler declares a body with {@code JsonBody}; an import is bound as it arrives instead. JSON that Confab only
 * stores keeps its digits ({@code ExactJson}).
 */
@NullMarked
package dev.confab.adapter.web.json;

import org.jspecify.annotations.NullMarked;
