/** Breaks a rule, on purpose. */
@NullMarked
package dev.confab.bootstrap.architecture.broken.application.service;

import org.jspecify.annotations.NullMarked;
