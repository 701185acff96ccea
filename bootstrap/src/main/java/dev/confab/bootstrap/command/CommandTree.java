package dev.confab.bootstrap.command;

import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.bootstrap.failure.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;

/** All commands of the jar. */
public final class CommandTree {
    /** The status of a run that has started the server: the process goes on. */
    public static final int SERVING = -1;

    /** How a person starts the jar; the name of the launcher in an application image. */
    private static final String PROGRAM = System.getProperty("jpackage.app-path") == null
            ? "java -jar confab.jar"
            : "confab";

    /** Where an example in a footer names the program. */
    private static final Pattern EXAMPLE = Pattern.compile("(?m)(?<=^  )confab(?= )");

    private final Class<?> application;
    private final PrintWriter out;
    private final PrintWriter err;

    /** @param application the configuration of the whole application */
    public CommandTree(Class<?> application, PrintWriter out, PrintWriter err) {
        this.application = application;
        this.out = out;
        this.err = err;
    }

    /** Runs the command that the arguments name, and returns its exit status or {@link #SERVING}. */
    public int run(String... arguments) {
        Arguments separated = Arguments.of(arguments);
        var context = new CommandContext(separated.settings(), out, err);
        int status = tree(context).execute(separated.words().toArray(String[]::new));
        return status == ExitStatus.OK.code() ? written() : status;
    }

    /** The status of a command that did its work: a full disk, say, may have lost what it printed. */
    private int written() {
        var lost = out instanceof ResultWriter results ? results.lost() : Optional.<IOException>empty();
        lost.ifPresent(e -> err.println("The results could not be written: " + e.getMessage() + "."));
        return (lost.isPresent() ? ExitStatus.IO : ExitStatus.OK).code();
    }

    private CommandLine tree(CommandContext context) {
        var tree = new CommandLine(new ConfabCommand(context, application));
        tree.addSubcommand(new ServeCommand(context, application));
        SpringFactoriesLoader.forDefaultResourceLocation()
                .load(JarCommand.class, ArgumentResolver.of(CommandContext.class, context))
                .forEach(tree::addSubcommand);
        tree.addSubcommand(new GenerateCompletion());
        complete(tree);
        Converters.register(tree);
        tree.setOut(out).setErr(err).setExitCodeExceptionMapper(CommandTree::status)
                .setExecutionExceptionHandler((thrown, _, _) -> report(thrown));
        return tree;
    }

    /** Gives each command a version and a usage that can be copied. */
    private static void complete(CommandLine command) {
        command.getCommandSpec().version(version());
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_SYNOPSIS,
                help -> help.synopsis(help.synopsisHeadingLength()).replaceFirst("^confab", PROGRAM));
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER,
                help -> EXAMPLE.matcher(help.footer()).replaceAll(PROGRAM));
        command.getSubcommands().values().forEach(CommandTree::complete);
    }

    /** The version in the jar's manifest. */
    private static String version() {
        return "Confab " + Objects.requireNonNullElse(CommandTree.class.getPackage().getImplementationVersion(),
                "(not packaged)");
    }

    private static int status(Throwable thrown) {
        return thrown instanceof ParameterException ? ExitStatus.USAGE.code() : Failure.of(thrown).status().code();
    }

    private int report(Exception thrown) {
        var failure = Failure.of(thrown);
        err.println(failure.message());
        if (!failure.action().isEmpty()) {
            err.println(failure.action());
        }
        if (failure.status() == ExitStatus.SOFTWARE) {
            thrown.printStackTrace(err);
        }
        return failure.status().code();
    }
}
