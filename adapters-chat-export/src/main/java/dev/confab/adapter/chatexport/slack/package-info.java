/** Slack's exports: an archive with a folder for each channel, whose texts refer to users and channels by their ids. */
@NullMarked
package dev.confab.adapter.chatexport.slack;

import org.jspecify.annotations.NullMarked;
