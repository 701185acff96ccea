/** Keeps to the rules. */
@NullMarked
package dev.confab.bootstrap.architecture.broken.adapter.web.security;

import org.jspecify.annotations.NullMarked;
