/**
 * Text for a person's terminal. What other people wrote reaches it as text only: {@link dev.confab.bootstrap.terminal.PrintableText}
 * replaces everything that a terminal would obey.
 */
@NullMarked
package dev.confab.bootstrap.terminal;

import org.jspecify.annotations.NullMarked;
