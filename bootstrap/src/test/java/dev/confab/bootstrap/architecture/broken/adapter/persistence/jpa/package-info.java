/** Breaks a rule, on purpose. */
@NullMarked
package dev.confab.bootstrap.architecture.broken.adapter.persistence.jpa;

import org.jspecify.annotations.NullMarked;
