/** API keys: {@link dev.confab.application.ApiKeys} over the port that stores them. */
@NullMarked
package dev.confab.application.access;

import org.jspecify.annotations.NullMarked;
