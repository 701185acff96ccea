/**
 * Builds a chat from nodes that name their parents. {@link dev.confab.adapter.chatexport.tree.ChatBuilder} collects the nodes of a format,
 * {@link dev.confab.adapter.chatexport.tree.MessageTree} finds out which message follows which, and
 * {@link dev.confab.adapter.chatexport.tree.MessageData} what is kept beside the text.
 */
@NullMarked
package dev.confab.adapter.chatexport.tree;

import org.jspecify.annotations.NullMarked;
