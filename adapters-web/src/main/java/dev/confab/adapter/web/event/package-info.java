/**
 * Server-sent events. A handler returns a stream; {@code EventStreamHandler} lets {@code EventStreams} serve it in the request's own
 * virtual thread, which waits for a signal, reads what is new and writes it.
 */
@NullMarked
package dev.confab.adapter.web.event;

import org.jspecify.annotations.NullMarked;
