/** Which files were sent with an imported message, as its data tell. */
@NullMarked
package dev.confab.adapter.chatexport.media;

import org.jspecify.annotations.NullMarked;
