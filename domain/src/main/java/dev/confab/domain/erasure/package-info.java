/**
 * The erasure of an owner: what it removed, and how it fences off the requests that began before it. Pure, as {@link
 * dev.confab.domain.conversation} is.
 */
@NullMarked
package dev.confab.domain.erasure;

import org.jspecify.annotations.NullMarked;
