/**
 * Chooses and runs the PostgreSQL server of the tests: {@link dev.confab.testsupport.postgres.server.Choice} decides between an
 * embedded server, a container and a server that already runs, and one {@link dev.confab.testsupport.postgres.server.Server} for each of
 * them starts, restarts and stops it.
 */
@NullMarked
package dev.confab.testsupport.postgres.server;

import org.jspecify.annotations.NullMarked;
