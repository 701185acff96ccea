/**
 * Makes a chat of what a format has read: nodes that name their parents. {@link dev.confab.adapter.chatexport.tree.ChatBuilder} collects
 * them, {@link dev.confab.adapter.chatexport.tree.MessageTree} finds out which message follows which, and
 * {@link dev.confab.adapter.chatexport.tree.MessageData} what is kept beside the text.
 */
@NullMarked
package dev.confab.adapter.chatexport.tree;

import org.jspecify.annotations.NullMarked;
