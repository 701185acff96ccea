/**
 * The architecture, as rules that fail the build. Each rule takes the root package it is about, so that the same rule is held by
 * Confab's own classes and broken by the fixtures below {@code broken}.
 */
@NullMarked
package dev.confab.bootstrap.architecture;

import org.jspecify.annotations.NullMarked;
