/** Tests of the server for tests: its commits are durable, its databases are new, and it restarts; and tests of the proxy. */
@NullMarked
package dev.confab.testsupport.postgres;

import org.jspecify.annotations.NullMarked;
