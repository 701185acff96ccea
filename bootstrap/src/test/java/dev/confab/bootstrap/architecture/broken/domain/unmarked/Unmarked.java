package dev.confab.bootstrap.architecture.broken.domain.unmarked;

record Unmarked() {
}
