package dev.confab.bootstrap.architecture.broken.application;

import jakarta.persistence.EntityManager;

record UsesJpa(EntityManager entities) {
}
