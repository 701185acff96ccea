/**
 * The HTTP API: JSON and server-sent events over the driving ports; and the pages for a browser, in {@code ui}.
 *
 * <p>A request passes, in this order: the filters of {@code server}, which give it an id and reject foreign web pages; those of
 * {@code security}, which check who calls and whether they may; the interceptor of {@code request}, which rejects inputs that the handler
 * does not declare; the argument resolvers of {@code request}, which bind its headers, and that of {@code json}, which binds its body; and
 * the handler, in the package of its resource, which calls a driving port and returns a record. Every failure on the way becomes a
 * problem, in {@code problem}. {@code openapi.yaml} describes all handlers.
 *
 * <p>Imports between these packages run one way. From the bottom: {@code log}, {@code settings} and {@code response}; {@code problem};
 * {@code json} and {@code trace}; {@code request}; the resources {@code conversation}, {@code session}, {@code search}, {@code transfer},
 * {@code admin}, {@code archive}, {@code webhook}; {@code event}; {@code erasure} and {@code ui}; {@code limit}, {@code security},
 * {@code info} and {@code server}; this package, which wires them.
 *
 * <p>What must not live here: a decision about conversations, sessions or turns, a store, settings read from anywhere but
 * {@code WebSettings}.
 */
@NullMarked
package dev.confab.adapter.web;

import org.jspecify.annotations.NullMarked;
