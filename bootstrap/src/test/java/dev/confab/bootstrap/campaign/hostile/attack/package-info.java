/**
 * Attacks: requests that are malformed, that lie about their size, that ask for more memory than they send, or that never end. Each
 * must be refused as the API's documentation says, and change nothing.
 */
@NullMarked
package dev.confab.bootstrap.campaign.hostile.attack;

import org.jspecify.annotations.NullMarked;
