/**
 * Keeps an open page in step with the store: one event stream a page, {@link dev.confab.adapter.web.ui.live.PageStream}, says what has
 * changed, and carries the answer that is being written.
 */
@NullMarked
package dev.confab.adapter.web.ui.live;

import org.jspecify.annotations.NullMarked;
