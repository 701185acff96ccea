/** Commands of the jar that do not start the server: {@code java -jar confab.jar quarantine list}. */
@NullMarked
package dev.confab.bootstrap.command;

import org.jspecify.annotations.NullMarked;
