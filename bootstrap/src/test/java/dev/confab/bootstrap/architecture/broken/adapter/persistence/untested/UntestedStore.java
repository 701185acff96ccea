package dev.confab.bootstrap.architecture.broken.adapter.persistence.untested;

import dev.confab.bootstrap.architecture.broken.domain.port.Port;

/** An implementation. */
public class UntestedStore implements Port {
    @Override
    public int call() {
        return 0;
    }
}
