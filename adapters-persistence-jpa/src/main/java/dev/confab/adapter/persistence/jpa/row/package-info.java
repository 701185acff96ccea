/**
 * The rows of the tables as Hibernate maps them, and how the columns and the domain's values are made from one
 * another.
 *
 * <p>Entities are read only. A row that is not a value of the domain is reported as damage of its conversation, in
 * one place.
 */
@NullMarked
package dev.confab.adapter.persistence.jpa.row;

import org.jspecify.annotations.NullMarked;
