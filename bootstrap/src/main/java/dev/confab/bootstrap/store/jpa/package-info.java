/**
 * The store on PostgreSQL: its wiring, settings ({@code confab.jpa} and {@code spring.datasource}), health and meters. No other
 * package needs this one.
 */
@NullMarked
package dev.confab.bootstrap.store.jpa;

import org.jspecify.annotations.NullMarked;
