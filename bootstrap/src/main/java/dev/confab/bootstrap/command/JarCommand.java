package dev.confab.bootstrap.command;

import java.util.List;
import org.springframework.core.env.Environment;

/** A command of the jar that does not start the server. {@code spring.factories} lists the implementations. */
public interface JarCommand {
    /** The first argument of the jar that runs this command. */
    String name();

    /**
     * Runs the command.
     *
     * @param arguments what follows the name of the command, without settings
     * @return the exit code of the process
     */
    int run(List<String> arguments, Environment settings);
}
