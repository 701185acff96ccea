package dev.confab.bootstrap.reading;

import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say which messages of a conversation are printed. */
final class RangeOptions {
    @Option(names = "--from", paramLabel = "POSITION", description = "the position of the first message to print")
    private Optional<Integer> from = Optional.empty();

    @Option(names = "--to", paramLabel = "POSITION", description = "the position of the last message to print")
    private Optional<Integer> to = Optional.empty();

    @Option(names = "--last", paramLabel = "NUMBER", description = "prints only so many messages, the last ones")
    private Optional<Integer> last = Optional.empty();

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @SuppressWarnings("NullAway.Init") // picocli sets the command
    RangeOptions() {
    }

    /** Throws {@link ParameterException} if the options are wrong. */
    void check() {
        if (last.isPresent() && (from.isPresent() || to.isPresent())) {
            throw new ParameterException(command.commandLine(), "Either --last or --from and --to, not both");
        }
        if (Stream.of(from, to, last).flatMap(Optional::stream).anyMatch(number -> number < 1)) {
            throw new ParameterException(command.commandLine(), "--from, --to and --last must be at least 1");
        }
        if (to.filter(end -> end < from.orElse(1)).isPresent()) {
            throw new ParameterException(command.commandLine(), "--to must not be less than --from");
        }
    }

    /** The first position to print of a conversation with this many messages. */
    int first(int messageCount) {
        return last.map(number -> Math.max(1, messageCount - number + 1)).or(() -> from).orElse(1);
    }

    /** The last position to print; less than the first one if there is nothing to print. */
    int last(int messageCount) {
        return Math.min(messageCount, to.orElse(messageCount));
    }
}
