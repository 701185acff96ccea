package dev.confab.bootstrap.architecture.broken.domain.port;

/** An exception of a driven port. */
public class PortFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
