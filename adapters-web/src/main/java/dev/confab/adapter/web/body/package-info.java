/**
 * The bodies of requests: their media type and size are checked, then {@code json} binds them. A handler declares a body with
 * {@code JsonBody}, or a {@code JsonStream} that it reads as it arrives.
 */
@NullMarked
package dev.confab.adapter.web.body;

import org.jspecify.annotations.NullMarked;
