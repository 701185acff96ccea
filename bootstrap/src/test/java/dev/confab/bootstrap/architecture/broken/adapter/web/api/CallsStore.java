package dev.confab.bootstrap.architecture.broken.adapter.web.api;

import dev.confab.bootstrap.architecture.broken.domain.port.Port;

record CallsStore(Port store) {
}
