/**
 * Imports chats that other applications exported. {@link dev.confab.application.chatimport.Branches} finds the branches of a chat: the one
 * that was shown last becomes a conversation, each other one a fork. {@link dev.confab.application.chatimport.BranchImport} stores one of
 * them, or adds what a newer export has. All ids follow from the owner and the ids in the file, so an import may be repeated, whenever it
 * was interrupted.
 */
@NullMarked
package dev.confab.application.chatimport;

import org.jspecify.annotations.NullMarked;
