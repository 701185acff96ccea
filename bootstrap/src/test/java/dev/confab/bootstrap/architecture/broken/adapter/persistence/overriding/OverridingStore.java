package dev.confab.bootstrap.architecture.broken.adapter.persistence.overriding;

import dev.confab.bootstrap.architecture.broken.domain.port.Port;

/** An implementation. */
public class OverridingStore implements Port {
    @Override
    public int call() {
        return 0;
    }
}
