/**
 * The use cases: the driving ports that adapters call, and the values they pass.
 *
 * <p>A use case checks the owner, makes ids and times, and runs one decision of the domain in one transaction; the services in the
 * packages below implement them. Their clock ticks in whole milliseconds. What must not live here: HTTP, JSON, a framework, a store.
 */
@NullMarked
package dev.confab.application;

import org.jspecify.annotations.NullMarked;
