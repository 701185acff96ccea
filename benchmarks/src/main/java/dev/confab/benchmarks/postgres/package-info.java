/**
 * What the store on PostgreSQL costs: beside plain JDBC on the same schema, and beside released libraries that keep
 * conversations in PostgreSQL too. Every contender has a database of its own on the one server of a run, which must be as
 * durable as the store asks. Uses the store through the domain's ports only, but for opening it.
 */
@NullMarked
package dev.confab.benchmarks.postgres;

import org.jspecify.annotations.NullMarked;
