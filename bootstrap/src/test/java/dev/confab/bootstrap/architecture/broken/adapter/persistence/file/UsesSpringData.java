package dev.confab.bootstrap.architecture.broken.adapter.persistence.file;

import org.springframework.data.domain.Page;

record UsesSpringData(Page<String> page) {
}
