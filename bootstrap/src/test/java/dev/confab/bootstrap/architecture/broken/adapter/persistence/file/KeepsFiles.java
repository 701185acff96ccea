package dev.confab.bootstrap.architecture.broken.adapter.persistence.file;

import java.nio.file.Path;

/** Keeps to the rules. */
public record KeepsFiles(Path directory) {
}
