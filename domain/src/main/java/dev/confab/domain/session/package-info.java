/**
 * Sessions, the working contexts in a conversation, and turns, the answers being produced there: values, decisions, events and
 * errors. Pure, as {@link dev.confab.domain.conversation} is: no I/O, no clock, no threads. What runs a turn is not here.
 */
@NullMarked
package dev.confab.domain.session;

import org.jspecify.annotations.NullMarked;
