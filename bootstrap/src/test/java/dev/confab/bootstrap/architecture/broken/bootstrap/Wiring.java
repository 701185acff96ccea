package dev.confab.bootstrap.architecture.broken.bootstrap;

/** Who wires. */
public class Wiring {
}
