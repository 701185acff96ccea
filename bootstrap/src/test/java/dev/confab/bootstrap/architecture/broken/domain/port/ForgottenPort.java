package dev.confab.bootstrap.architecture.broken.domain.port;

/** A driven port that no contract calls. */
public interface ForgottenPort {
    int call();
}
