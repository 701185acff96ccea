package dev.confab.bootstrap.architecture.broken.adapter.persistence.good;

import dev.confab.bootstrap.architecture.broken.domain.port.Port;

/** An implementation. */
public class GoodStore implements Port {
    @Override
    public int call() {
        return 0;
    }
}
