/** Erasing an owner, with a receipt that says what was erased and not whose it was. */
@NullMarked
package dev.confab.adapter.web.erasure;

import org.jspecify.annotations.NullMarked;
