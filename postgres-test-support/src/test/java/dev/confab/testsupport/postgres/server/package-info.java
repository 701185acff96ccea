/** Tests of the server for tests: it is durable, fresh and restarts; the proxy cuts where it is told to. */
@NullMarked
package dev.confab.testsupport.postgres.server;

import org.jspecify.annotations.NullMarked;
