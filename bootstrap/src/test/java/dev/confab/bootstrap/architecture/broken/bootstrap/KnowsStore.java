package dev.confab.bootstrap.architecture.broken.bootstrap;

import dev.confab.bootstrap.architecture.broken.adapter.persistence.file.KeepsFiles;

record KnowsStore(KeepsFiles store) {
}
