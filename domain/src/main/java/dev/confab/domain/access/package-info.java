/**
 * API keys: what a client shows to prove for whom it calls and what it may do. Pure, as {@link dev.confab.domain.conversation} is:
 * no I/O, no clock, no randomness. Only the digest of a key's secret is here; the secret itself is shown once, when it is made.
 */
@NullMarked
package dev.confab.domain.access;

import org.jspecify.annotations.NullMarked;
