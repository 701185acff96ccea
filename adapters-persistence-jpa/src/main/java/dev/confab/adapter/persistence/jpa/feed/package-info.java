/**
 * The change feed of all instances over one database.
 *
 * <p>After a commit, this instance's listeners are called at once. One thread sends the hints to the other instances
 * by NOTIFY, many hints in one statement. Another thread listens for notifications, and polls for changes whose
 * notification was lost. Each thread has a connection of its own.
 */
@NullMarked
package dev.confab.adapter.persistence.jpa.feed;

import org.jspecify.annotations.NullMarked;
