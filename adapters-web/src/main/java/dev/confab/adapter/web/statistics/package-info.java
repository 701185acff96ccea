/** Statistics of one conversation and of all of an owner's. */
@NullMarked
package dev.confab.adapter.web.statistics;

import org.jspecify.annotations.NullMarked;
