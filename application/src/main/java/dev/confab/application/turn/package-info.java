/**
 * Runs turns: calls the assistant and the tools, keeps the lease, commits what comes of it, and keeps the events for whoever follows.
 *
 * <p>Everything here may be lost at any moment without harm: what counts is committed, and the turn's step is the fence for every
 * write. What must not live here: decisions about who may start, cancel or answer, which are the services'.
 */
@NullMarked
package dev.confab.application.turn;

import org.jspecify.annotations.NullMarked;
