/**
 * The HTTP API: JSON and server-sent events.
 */
@NullMarked
package dev.confab.adapter.web.api;

import org.jspecify.annotations.NullMarked;
