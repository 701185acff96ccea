package dev.confab.bootstrap.architecture.broken.adapter.web.api;

import dev.confab.bootstrap.architecture.broken.adapter.persistence.file.KeepsFiles;

record CallsFileStore(KeepsFiles store) {
}
