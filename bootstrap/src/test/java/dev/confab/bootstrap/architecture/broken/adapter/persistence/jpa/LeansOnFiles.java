package dev.confab.bootstrap.architecture.broken.adapter.persistence.jpa;

import dev.confab.bootstrap.architecture.broken.adapter.persistence.file.KeepsFiles;

record LeansOnFiles(KeepsFiles files) {
}
