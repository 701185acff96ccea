/**
 * Export and import of whole conversations. Both are streams: an export is written as it is read, an import is bound message by
 * message.
 */
@NullMarked
package dev.confab.adapter.web.transfer;

import org.jspecify.annotations.NullMarked;
