/**
 * The pages as a person uses them, in a real Chromium, against the packaged jar: {@link dev.confab.browser.PagesContract} has the tests,
 * and its subclasses run them on each store, with and without log-in.
 */
@NullMarked
package dev.confab.browser;

import org.jspecify.annotations.NullMarked;
