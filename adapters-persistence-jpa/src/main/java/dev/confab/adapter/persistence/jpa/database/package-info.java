/**
 * The database itself: the check that the server keeps what it acknowledges, the migration of the schema, the secret
 * that all instances share, and the meaning of SQL errors.
 */
@NullMarked
package dev.confab.adapter.persistence.jpa.database;

import org.jspecify.annotations.NullMarked;
