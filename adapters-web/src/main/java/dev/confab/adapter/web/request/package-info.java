/**
 * The parameters that a handler may declare, and how they are bound: the caller, ids, preconditions, idempotency keys, pages
 * and their signed cursors. {@code RequestConfiguration} registers them all.
 */
@NullMarked
package dev.confab.adapter.web.request;

import org.jspecify.annotations.NullMarked;
