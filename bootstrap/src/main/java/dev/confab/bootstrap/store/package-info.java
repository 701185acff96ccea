/**
 * Selects the store. Each store has one package below this one, with everything that only this store needs: its wiring class,
 * settings, health and meters.
 *
 * <p>At the start, {@link StoreSelector} looks in these packages for classes with {@link StoreWiring} and imports the one that
 * {@code confab.persistence} names. A new store is one more package; nothing that exists changes.
 */
@NullMarked
package dev.confab.bootstrap.store;

import org.jspecify.annotations.NullMarked;
