/**
 * What Tomcat and the servlet filters do before a handler is known: request ids, origins, and problems for requests that reach
 * no handler.
 */
@NullMarked
package dev.confab.adapter.web.server;

import org.jspecify.annotations.NullMarked;
