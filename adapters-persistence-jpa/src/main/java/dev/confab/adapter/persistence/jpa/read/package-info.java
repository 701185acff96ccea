/**
 * The read ports. Each read is a transaction of its own over one of the connections for reads; it takes no lock and
 * waits for no writer.
 *
 * <p>Repositories hold the queries. Lists and searches leave damaged conversations out; a read of one conversation
 * reports the damage.
 */
@NullMarked
package dev.confab.adapter.persistence.jpa.read;

import org.jspecify.annotations.NullMarked;
