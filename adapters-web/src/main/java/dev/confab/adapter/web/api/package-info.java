/**
 * The HTTP API: JSON and server-sent events over the driving ports.
 *
 * <p>Requests are read by hand from a strict parse ({@code JsonInput}, {@code Members}, {@code Query}), so that whatever is wrong
 * is refused by name; answers are records written by the framework; every failure becomes one {@code Problem}. What must not
 * live here: a decision about conversations, sessions or turns, a store, settings read from anywhere but {@code WebSettings}.
 */
@NullMarked
package dev.confab.adapter.web.api;

import org.jspecify.annotations.NullMarked;
