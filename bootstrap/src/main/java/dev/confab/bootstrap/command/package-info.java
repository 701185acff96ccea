/**
 * The command line of the jar. {@link dev.confab.bootstrap.command.CommandTree} separates the settings, which are for Spring, from the
 * words of the command, which are for picocli, and runs the command; without a command that is the server.
 *
 * <p>A new command is a class that implements {@link dev.confab.bootstrap.command.JarCommand} and a line in {@code spring.factories}. It
 * prints to the {@link dev.confab.bootstrap.command.CommandContext}, starts as much of the application as it needs there, returns an
 * {@link dev.confab.bootstrap.failure.ExitStatus}, and throws what fails.
 */
@NullMarked
package dev.confab.bootstrap.command;

import org.jspecify.annotations.NullMarked;
