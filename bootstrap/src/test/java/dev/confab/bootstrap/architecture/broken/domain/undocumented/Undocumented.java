package dev.confab.bootstrap.architecture.broken.domain.undocumented;

record Undocumented() {
}
