/**
 * Full-text search over the caller's messages and titles.
 */
@NullMarked
package dev.confab.adapter.web.search;

import org.jspecify.annotations.NullMarked;
