package dev.confab.bootstrap.architecture.broken.adapter.web.api;

import dev.confab.bootstrap.architecture.broken.domain.port.ChangeFeed;
import dev.confab.bootstrap.architecture.broken.domain.port.PortFailed;

/** Keeps to the rules. */
record KeepsToThePorts(ChangeFeed feed, PortFailed failure) {
}
