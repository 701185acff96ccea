package dev.confab.bootstrap.architecture.broken.domain.two;

import dev.confab.bootstrap.architecture.broken.domain.one.One;

/** The other half. */
public record Two(One one) {
}
