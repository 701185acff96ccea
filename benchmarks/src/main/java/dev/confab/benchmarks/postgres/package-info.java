/**
 * Measures the store on PostgreSQL. {@link dev.confab.benchmarks.postgres.PostgresWriters} compares it with plain JDBC on the same schema,
 * {@link dev.confab.benchmarks.postgres.PostgresPeers} with released libraries that store conversations in PostgreSQL. Every contender has its own
 * database on one server, whose commits must be durable. The benchmarks call the store only through the domain's ports, except to open it.
 */
@NullMarked
package dev.confab.benchmarks.postgres;

import org.jspecify.annotations.NullMarked;
