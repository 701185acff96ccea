/**
 * What responses share: paths, pages, headers.
 */
@NullMarked
package dev.confab.adapter.web.response;

import org.jspecify.annotations.NullMarked;
