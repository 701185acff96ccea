package dev.confab.bootstrap.failure;

import dev.confab.domain.ConfabException;
import dev.confab.domain.access.AccessException;
import dev.confab.domain.archive.ArchiveDamaged;
import dev.confab.domain.conversation.ConversationException;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.erasure.OwnerErased;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.port.TransactionTooLarge;
import dev.confab.domain.session.SessionException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;

/**
 * The error message when the server cannot start or a command fails.
 *
 * @param message what failed
 * @param action what to do about it; may be empty
 */
public record Failure(String message, String action, ExitStatus status) {

    /** The failure that this exception means; a bug if no cause of it says more. */
    public static Failure of(Throwable thrown) {
        return cause(thrown, CannotStart.class)
                .map(cannot -> new Failure(String.valueOf(cannot.getMessage()), cannot.action(), cannot.status()))
                .or(() -> cause(thrown, BindException.class).map(new WrongSettingAnalyzer()::analyze)
                        .map(Failure::wrongSetting))
                .or(() -> cause(thrown, ConfabException.class)
                        .map(known -> new Failure(String.valueOf(known.getMessage()), "", status(known))))
                .or(() -> cause(thrown, PortInUseException.class)
                        .map(inUse -> new Failure(String.valueOf(inUse.getMessage()), "", ExitStatus.UNAVAILABLE)))
                .orElseGet(() -> new Failure("unexpected error: " + thrown, "", ExitStatus.SOFTWARE));
    }

    private static Failure wrongSetting(FailureAnalysis analysis) {
        return new Failure(analysis.getDescription(), String.valueOf(analysis.getAction()), ExitStatus.CONFIG);
    }

    private static ExitStatus status(ConfabException known) {
        return switch (known) {
            case StorageException storage -> status(storage);
            case InvalidValue _ -> ExitStatus.USAGE;
            case ConversationNotFound _ -> ExitStatus.NO_INPUT;
            case ConversationException _,SessionException _,AccessException _,ArchiveDamaged _ -> ExitStatus.DATA;
            case OwnerErased _ -> ExitStatus.TEMPORARY;
            default -> ExitStatus.SOFTWARE;
        };
    }

    private static ExitStatus status(StorageException failure) {
        return switch (failure) {
            case StorageUnavailable _ -> ExitStatus.UNAVAILABLE;
            case LockTimeout _ -> ExitStatus.TEMPORARY;
            case CommitOutcomeUnknown _ -> ExitStatus.IO;
            case ConversationDamaged _,TransactionTooLarge _ -> ExitStatus.DATA;
        };
    }

    /** The first of this type among the exception and its causes. */
    public static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).filter(type::isInstance).map(type::cast)
                .findFirst();
    }
}
