package dev.confab.bootstrap.architecture.broken.domain;

import java.io.InputStream;

record ReadsFiles(InputStream in) {
}
