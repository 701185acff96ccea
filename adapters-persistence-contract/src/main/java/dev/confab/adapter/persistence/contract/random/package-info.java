/** Compares a store with the reference store on random sequences of commands. A failure names the seed that repeats it. */
@NullMarked
package dev.confab.adapter.persistence.contract.random;

import org.jspecify.annotations.NullMarked;
