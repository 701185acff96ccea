/**
 * The contract of a store, executable: the suite every store must pass.
 */
@NullMarked
package dev.confab.adapter.persistence.contract;

import org.jspecify.annotations.NullMarked;
