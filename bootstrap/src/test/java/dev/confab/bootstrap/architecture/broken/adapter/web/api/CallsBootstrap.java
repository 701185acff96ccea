package dev.confab.bootstrap.architecture.broken.adapter.web.api;

import dev.confab.bootstrap.architecture.broken.bootstrap.Wiring;

record CallsBootstrap(Wiring wiring) {
}
