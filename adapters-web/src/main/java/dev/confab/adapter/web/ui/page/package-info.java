/**
 * From a request to a page or a part of one. {@link dev.confab.adapter.web.ui.page.ChatController} serves whole pages, the others what htmx
 * puts into them.
 */
@NullMarked
package dev.confab.adapter.web.ui.page;

import org.jspecify.annotations.NullMarked;
