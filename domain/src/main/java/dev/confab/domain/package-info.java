/**
 * The core of Confab: what a conversation is, what may happen to it, and what a store of conversations must promise.
 *
 * <p>Here lives only what all packages of the domain share. What must not live anywhere below: I/O, a clock, a source of
 * random numbers, a framework.
 */
@NullMarked
package dev.confab.domain;

import org.jspecify.annotations.NullMarked;
