/**
 * The limits of owners. {@code LimitFilter} runs once the caller is known and before anything of a body is read: it takes a token from the
 * owner's bucket, and lets the use cases know the other limits of the request. The usage is at {@code /api/v1/usage}.
 */
@NullMarked
package dev.confab.adapter.web.limit;

import org.jspecify.annotations.NullMarked;
