package dev.confab.adapter.persistence.file.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** Says in words why a file operation failed. The messages of Java's exceptions often are a path alone. */
public final class IoReason {
    private IoReason() {
    }

    public static String of(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> at(denied, "permission denied");
            case NoSuchFileException missing -> at(missing, "no such file or directory");
            case NotDirectoryException file -> at(file, "not a directory");
            case FileAlreadyExistsException present -> at(present, "a file with this name is in the way");
            case FileSystemLoopException loop -> at(loop, "its symbolic links form a loop");
            case FileSystemException other -> at(other, orUnknown(other.getReason()));
            default -> orUnknown(e.getMessage());
        };
    }

    private static String at(FileSystemException e, String reason) {
        return e.getFile() == null ? reason : e.getFile() + ": " + reason;
    }

    private static String orUnknown(@Nullable String reason) {
        return reason == null ? "input/output error" : reason;
    }
}
