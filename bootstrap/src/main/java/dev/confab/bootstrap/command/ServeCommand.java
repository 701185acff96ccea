package dev.confab.bootstrap.command;

import dev.confab.bootstrap.failure.Failure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Starts the server. It runs until the process is stopped. */
@Command(mixinStandardHelpOptions = true, name = "serve", description = "Starts the server. Without a command, the jar does the same.")
class ServeCommand implements Callable<Integer> {
    private final CommandContext context;
    private final Class<?> application;

    /** @param application the configuration of the whole application */
    ServeCommand(CommandContext context, Class<?> application) {
        this.context = context;
        this.application = application;
    }

    @Override
    public Integer call() {
        try {
            context.serve(application);
            return CommandTree.SERVING;
        } catch (RuntimeException reportedBySpring) {
            return Failure.of(reportedBySpring).status().code();
        }
    }
}
