package dev.confab.bootstrap.command;

import picocli.CommandLine.Command;

/** The root of the command tree. Without a subcommand it starts the server. */
@Command(mixinStandardHelpOptions = true, name = "confab", description = "Stores conversations and live sessions of chat applications. Without a command, starts the server.", footer = {
        "", "Every command takes the settings of the server, such as --confab.file.directory=./data;",
        "docs/operations.md lists them."})
final class ConfabCommand extends ServeCommand {
    ConfabCommand(CommandContext context, Class<?> application) {
        super(context, application);
    }
}
