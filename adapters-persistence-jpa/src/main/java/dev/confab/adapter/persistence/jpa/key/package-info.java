/**
 * API keys in the table {@code api_key}. Each read asks the database, so that a revocation counts at once in every instance, and each
 * change is one statement that PostgreSQL puts in an order with the others.
 */
@NullMarked
package dev.confab.adapter.persistence.jpa.key;

import org.jspecify.annotations.NullMarked;
