/** Log-in by a browser, which keeps its token in a sealed cookie: see {@link dev.confab.adapter.web.security.browser.CookieLogIn}. */
@NullMarked
package dev.confab.adapter.web.security.browser;

import org.jspecify.annotations.NullMarked;
