package dev.confab.bootstrap.failure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.function.IntSupplier;

/** Reports a file or a connection that failed as the failure of the work of a command. */
public final class InputOutput {
    private InputOutput() {
    }

    /**
     * Runs the work and returns its exit status. A failed read or write is thrown as {@link CannotStart}.
     *
     * @param what the work, for the message: {@code export to all.gz}
     */
    public static int during(String what, IntSupplier work) {
        try {
            return work.getAsInt();
        } catch (UncheckedIOException e) {
            throw failed(what, Objects.requireNonNull(e.getCause()));
        }
    }

    private static CannotStart failed(String what, IOException e) {
        String reason = switch (e) {
            case NoSuchFileException missing -> "there is no file " + missing.getFile();
            case FileAlreadyExistsException there -> "the file " + there.getFile() + " is there already";
            default -> String.valueOf(e.getMessage() == null ? e : e.getMessage());
        };
        return new CannotStart("Cannot " + what + ": " + reason + ".", "", ExitStatus.IO, e);
    }
}
