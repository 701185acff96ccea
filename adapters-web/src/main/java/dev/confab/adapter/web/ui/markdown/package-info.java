/**
 * Turns Markdown, of any author, into HTML that is safe to show: {@link dev.confab.adapter.web.ui.markdown.Markdown} renders and sanitizes,
 * {@link dev.confab.adapter.web.ui.markdown.GrowingAnswer} cuts an answer that is still being written into parts that are final and a
 * rest that is not.
 */
@NullMarked
package dev.confab.adapter.web.ui.markdown;

import org.jspecify.annotations.NullMarked;
