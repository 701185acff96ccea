/**
 * The store on PostgreSQL: many users, many instances over one database. Hibernate maps, validates and reads; a commit is one
 * statement of our own. Nothing here knows the use cases or HTTP.
 */
@NullMarked
package dev.confab.adapter.persistence.jpa;

import org.jspecify.annotations.NullMarked;
