package dev.confab.bootstrap.reading;

import dev.confab.bootstrap.command.CommandContext;
import dev.confab.bootstrap.remote.ServerOptions;
import dev.confab.domain.conversation.OwnerId;
import java.util.Optional;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say whose conversations are read, and from where. */
final class SourceOptions {
    @Option(names = "--owner", paramLabel = "OWNER", description = "whose conversations; without it, those of the token's owner, or, without log-in, of the one user")
    private Optional<OwnerId> owner = Optional.empty();

    @Mixin
    private final ServerOptions remote = new ServerOptions();

    /** Gives the source to the action, and returns the exit status that it returns. */
    int read(CommandContext context, ToIntFunction<ConversationSource> action) {
        return remote.orElse(server -> action.applyAsInt(new ServerSource(server, owner)),
                () -> ReadingApplication.with(context, owner, action));
    }
}
