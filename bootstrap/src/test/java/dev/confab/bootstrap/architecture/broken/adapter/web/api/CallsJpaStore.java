package dev.confab.bootstrap.architecture.broken.adapter.web.api;

import dev.confab.bootstrap.architecture.broken.adapter.persistence.jpa.KeepsRows;

record CallsJpaStore(KeepsRows rows) {
}
