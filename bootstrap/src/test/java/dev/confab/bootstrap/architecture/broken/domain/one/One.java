package dev.confab.bootstrap.architecture.broken.domain.one;

import dev.confab.bootstrap.architecture.broken.domain.two.Two;

/** Half a cycle. */
public record One(Two two) {
}
