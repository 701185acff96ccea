/**
 * Reads the exports of other chat applications. {@link dev.confab.adapter.chatexport.ChatExportFiles} opens a file, asks each format
 * whether it recognises the content, and lets the first one that does read it.
 *
 * <p>A new format is a class that implements {@link dev.confab.adapter.chatexport.format.ExportFormat}, and a place in the list there.
 */
@NullMarked
package dev.confab.adapter.chatexport;

import org.jspecify.annotations.NullMarked;
