/** Tests of what is counted, with chats that a person can count. */
@NullMarked
package dev.confab.domain.statistics;

import org.jspecify.annotations.NullMarked;
