/**
 * Tomcat's settings, and the servlet filters that run before a handler is known: request ids, origins, and problems of requests that
 * reach no handler.
 */
@NullMarked
package dev.confab.adapter.web.server;

import org.jspecify.annotations.NullMarked;
