/**
 * The settings of this adapter.
 */
@NullMarked
package dev.confab.adapter.web.settings;

import org.jspecify.annotations.NullMarked;
