/** Breaks a rule, on purpose. */
@NullMarked
package dev.confab.bootstrap.architecture.broken.adapter.persistence.untested;

import org.jspecify.annotations.NullMarked;
