/**
 * The rows of the tables as Hibernate maps them, and the conversion between their columns and the domain's values.
 *
 * <p>Entities are read only. An invalid row is reported as damage of its conversation.
 */
@NullMarked
package dev.confab.adapter.persistence.jpa.row;

import org.jspecify.annotations.NullMarked;
