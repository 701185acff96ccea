package dev.confab.bootstrap.architecture.broken.domain.port;

/** A driven port. */
public interface Port {
    int call();
}
