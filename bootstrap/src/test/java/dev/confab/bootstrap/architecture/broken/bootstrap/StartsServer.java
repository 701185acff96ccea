package dev.confab.bootstrap.architecture.broken.bootstrap;

import dev.confab.bootstrap.architecture.broken.testsupport.TestServer;

record StartsServer(TestServer server) {
}
