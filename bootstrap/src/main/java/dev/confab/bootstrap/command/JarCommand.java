package dev.confab.bootstrap.command;

import java.util.List;
import org.springframework.core.env.Environment;

/** A command of the jar that does not start the server. {@code spring.factories} lists the implementations. */
public interface JarCommand {
    /** The exit code when the command is done. */
    int DONE = 0;
    /** The exit code when what was asked for is not possible; the error output says why. */
    int NOT_POSSIBLE = 1;
    /** The exit code when the arguments are wrong; the error output says which are right. */
    int WRONG_USAGE = 2;

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
