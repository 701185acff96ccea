/** Breaks a rule, on purpose. */
@NullMarked
package dev.confab.bootstrap.architecture.broken.adapter.web.api;

import org.jspecify.annotations.NullMarked;
