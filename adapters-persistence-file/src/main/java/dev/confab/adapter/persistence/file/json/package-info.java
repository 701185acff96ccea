/**
 * The store's JSON: every line with its checksum, and the domain's values and events in it.
 *
 * <p>It is written by hand, because renaming a class of the domain must not change the format of stored files. It does no I/O.
 */
@NullMarked
package dev.confab.adapter.persistence.file.json;

import org.jspecify.annotations.NullMarked;
