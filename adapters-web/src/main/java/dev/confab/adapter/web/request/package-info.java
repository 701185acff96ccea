/**
 * What a handler may declare, and how it is bound: the caller, ids, preconditions, idempotency keys, pages, JSON bodies.
 * {@code RequestConfiguration} registers it all. A handler never sees the servlet request.
 */
@NullMarked
package dev.confab.adapter.web.request;

import org.jspecify.annotations.NullMarked;
