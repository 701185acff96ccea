/**
 * Server-sent events. A handler opens a stream, which {@code EventStreams} serves in the request's own virtual thread: it waits for a
 * signal, reads the new events and writes them with {@code EventWriter}. A stream resumes after the request's {@code LastEventId}.
 */
@NullMarked
package dev.confab.adapter.web.event;

import org.jspecify.annotations.NullMarked;
