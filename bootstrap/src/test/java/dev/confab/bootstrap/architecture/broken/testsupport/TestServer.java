package dev.confab.bootstrap.architecture.broken.testsupport;

public record TestServer() {
}
