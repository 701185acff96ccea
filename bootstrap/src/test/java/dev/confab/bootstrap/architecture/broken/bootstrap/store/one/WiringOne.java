package dev.confab.bootstrap.architecture.broken.bootstrap.store.one;

import dev.confab.bootstrap.architecture.broken.adapter.persistence.file.KeepsFiles;
import dev.confab.bootstrap.architecture.broken.bootstrap.store.two.WiringTwo;

record WiringOne(KeepsFiles ownStore, WiringTwo other) {
}
