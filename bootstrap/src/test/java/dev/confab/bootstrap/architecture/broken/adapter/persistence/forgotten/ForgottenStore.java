package dev.confab.bootstrap.architecture.broken.adapter.persistence.forgotten;

import dev.confab.bootstrap.architecture.broken.domain.port.ForgottenPort;

/** An implementation. */
public class ForgottenStore implements ForgottenPort {
    @Override
    public int call() {
        return 0;
    }
}
