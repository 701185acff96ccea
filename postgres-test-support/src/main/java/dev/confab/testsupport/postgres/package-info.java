/**
 * PostgreSQL for tests and benchmarks. {@link dev.confab.testsupport.postgres.TestPostgres} is the one server of the JVM and creates
 * databases on it; a {@link dev.confab.testsupport.postgres.TcpProxy} in front of it cuts connections at chosen requests. The running
 * application does not use this module.
 */
@NullMarked
package dev.confab.testsupport.postgres;

import org.jspecify.annotations.NullMarked;
