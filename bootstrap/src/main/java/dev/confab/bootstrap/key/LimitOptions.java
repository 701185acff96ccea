package dev.confab.bootstrap.key;

import dev.confab.domain.access.Limits;
import dev.confab.domain.access.Limits.Rate;
import dev.confab.domain.conversation.InvalidValue;
import java.util.Optional;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of {@code keys create} for limits that are in force instead of the server's. */
final class LimitOptions {
    @Option(names = "--requests-per-second", paramLabel = "NUMBER", description = "how many requests each owner may make with the key; this and the next options override the server's limits")
    private Optional<Integer> requestsPerSecond = Optional.empty();

    @Option(names = "--burst", paramLabel = "NUMBER", description = "how many at once after a pause; without it, five times as many as in a second")
    private Optional<Integer> burst = Optional.empty();

    @Option(names = "--event-streams", paramLabel = "NUMBER", description = "how many event streams of an owner may be open")
    private Optional<Integer> eventStreams = Optional.empty();

    @Option(names = "--running-turns", paramLabel = "NUMBER", description = "how many turns of an owner may run")
    private Optional<Integer> runningTurns = Optional.empty();

    @Option(names = "--stored-bytes", paramLabel = "SIZE", description = "how much an owner may store, such as 500MB or 10GB")
    private Optional<DataSize> storedBytes = Optional.empty();

    @Option(names = "--conversations", paramLabel = "NUMBER", description = "how many conversations an owner may have")
    private Optional<Integer> conversations = Optional.empty();

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @SuppressWarnings("NullAway.Init") // picocli sets the command
    LimitOptions() {
    }

    Limits limits() {
        if (burst.isPresent() && requestsPerSecond.isEmpty()) {
            throw new ParameterException(command.commandLine(), "--burst needs --requests-per-second");
        }
        try {
            return new Limits(requestsPerSecond.map(rate -> Rate.of(rate, burst)), eventStreams, runningTurns,
                    storedBytes.map(DataSize::toBytes), conversations);
        } catch (InvalidValue e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}
