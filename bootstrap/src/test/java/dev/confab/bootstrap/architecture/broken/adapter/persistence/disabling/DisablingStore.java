package dev.confab.bootstrap.architecture.broken.adapter.persistence.disabling;

import dev.confab.bootstrap.architecture.broken.domain.port.Port;

/** An implementation. */
public class DisablingStore implements Port {
    @Override
    public int call() {
        return 0;
    }
}
