/**
 * Paths, pages and headers that responses share.
 */
@NullMarked
package dev.confab.adapter.web.response;

import org.jspecify.annotations.NullMarked;
