/**
 * The settings under {@code confab.} that do not depend on the store, checked when the application starts. The settings of a
 * store are in that store's package.
 */
@NullMarked
package dev.confab.bootstrap.settings;

import org.jspecify.annotations.NullMarked;
