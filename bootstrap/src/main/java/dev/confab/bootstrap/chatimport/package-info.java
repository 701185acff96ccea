/**
 * The command {@code import-chats}, which imports what other chat applications export: its options, the part of the application that it
 * needs, and its {@link dev.confab.bootstrap.chatimport.PrintedReport report} for a person or a program.
 */
@NullMarked
package dev.confab.bootstrap.chatimport;

import org.jspecify.annotations.NullMarked;
