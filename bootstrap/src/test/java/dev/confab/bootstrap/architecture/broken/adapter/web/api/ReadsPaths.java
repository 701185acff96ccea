package dev.confab.bootstrap.architecture.broken.adapter.web.api;

import java.nio.file.Path;

record ReadsPaths(Path path) {
}
