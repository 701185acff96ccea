package dev.confab.bootstrap.architecture.broken.adapter.persistence.file;

import jakarta.persistence.EntityManager;

record UsesJpa(EntityManager entities) {
}
