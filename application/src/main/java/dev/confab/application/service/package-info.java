/**
 * The services behind the driving ports: plain Java, wired by constructor.
 *
 * <p>A service makes ids and times first and then runs one decision of the domain in one transaction, because a store may run a
 * work more than once (S9). What must not live here: HTTP, JSON, a framework, and reads of the outside within a work.
 */
@NullMarked
package dev.confab.application.service;

import org.jspecify.annotations.NullMarked;
