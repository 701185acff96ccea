/** Breaks a rule, on purpose. */
@NullMarked
package dev.confab.bootstrap.architecture.broken.adapter.persistence.good;

import org.jspecify.annotations.NullMarked;
