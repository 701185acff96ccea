package dev.confab.bootstrap.architecture.broken.application;

import org.springframework.data.domain.Page;

record UsesSpringData(Page<String> page) {
}
