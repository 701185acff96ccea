/**
 * The store on JSON files, for one user on one machine.
 */
@NullMarked
package dev.confab.adapter.persistence.file;

import org.jspecify.annotations.NullMarked;
