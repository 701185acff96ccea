/** The store on JSON files: its wiring, settings ({@code confab.file}), health and meters. No other package needs this one. */
@NullMarked
package dev.confab.bootstrap.store.file;

import org.jspecify.annotations.NullMarked;
