/**
 * Sessions: handlers, and the records of their requests and responses.
 */
@NullMarked
package dev.confab.adapter.web.session;

import org.jspecify.annotations.NullMarked;
