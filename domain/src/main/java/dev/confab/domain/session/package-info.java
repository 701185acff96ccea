/**
 * Sessions, the working contexts in a conversation, and turns, the answers being produced there: values, decisions, events and
 * errors. Pure, as {@link dev.confab.domain.conversation} is: no I/O, no clock, no threads. The code that runs a turn is elsewhere.
 */
@NullMarked
package dev.confab.domain.session;

import org.jspecify.annotations.NullMarked;
