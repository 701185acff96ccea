/**
 * The formats: one class for each application. {@link dev.confab.adapter.chatexport.format.ExportFormat} is what the entry point knows of
 * them; those that are JSON share {@link dev.confab.adapter.chatexport.format.JsonFormat}.
 */
@NullMarked
package dev.confab.adapter.chatexport.format;

import org.jspecify.annotations.NullMarked;
