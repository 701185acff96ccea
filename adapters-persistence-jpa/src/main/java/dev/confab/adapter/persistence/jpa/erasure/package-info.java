/**
 * The fence of erasures in PostgreSQL. A creation holds the owner's advisory lock shared, from the check of the fence to its commit; an
 * erasure takes it alone to raise the fence. The functions of the migration {@code V6} do both, so a creation stays one statement.
 */
@NullMarked
package dev.confab.adapter.persistence.jpa.erasure;

import org.jspecify.annotations.NullMarked;
