package dev.confab.bootstrap.architecture.broken.bootstrap.store.two;

/** Another store's wiring. */
public record WiringTwo() {
}
