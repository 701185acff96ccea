/** Breaks a rule, on purpose. */
@NullMarked
package dev.confab.bootstrap.architecture.broken.adapter.persistence.disabling;

import org.jspecify.annotations.NullMarked;
