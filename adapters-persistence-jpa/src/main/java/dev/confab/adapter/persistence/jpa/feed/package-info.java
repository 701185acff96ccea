/**
 * The change feed of all instances over one database.
 *
 * <p>After a commit, this instance's listeners are called at once. One thread sends the hints to the other instances
 * by NOTIFY, many hints in one statement. Another thread listens for the notifications of other instances, and polls
 * for changes whose notification was lost. Each of the two threads has a connection of its own, which is opened again
 * when it is lost.
 */
@NullMarked
package dev.confab.adapter.persistence.jpa.feed;

import org.jspecify.annotations.NullMarked;
