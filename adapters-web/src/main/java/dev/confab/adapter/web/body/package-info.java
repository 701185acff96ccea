/**
 * The bodies of requests: {@code RequestBodies} checks their media type and size, then {@code json} binds them. A handler declares a body
 * with {@code JsonBody}; an import is bound as it arrives instead.
 */
@NullMarked
package dev.confab.adapter.web.body;

import org.jspecify.annotations.NullMarked;
