package dev.confab.bootstrap.architecture.broken.adapter.persistence.jpa;

public record KeepsRows() {
}
