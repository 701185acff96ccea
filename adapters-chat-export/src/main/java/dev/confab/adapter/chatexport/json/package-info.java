/**
 * JSON as a stream of tokens, with bounds. {@link dev.confab.adapter.chatexport.json.JsonCursor} walks through arrays and objects of any
 * length; only small parts, such as one message, become trees.
 */
@NullMarked
package dev.confab.adapter.chatexport.json;

import org.jspecify.annotations.NullMarked;
