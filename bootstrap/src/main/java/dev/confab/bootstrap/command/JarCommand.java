package dev.confab.bootstrap.command;

/**
 * A subcommand of the jar: a class with picocli's annotation {@code Command}, that {@code spring.factories} lists. Its constructor may take
 * the {@link CommandContext}. Each {@code Command} sets {@code mixinStandardHelpOptions}, for {@code --help}.
 */
public interface JarCommand {
}
