/** Erasing an owner, with a receipt that counts what was erased and does not name the owner. */
@NullMarked
package dev.confab.adapter.web.erasure;

import org.jspecify.annotations.NullMarked;
