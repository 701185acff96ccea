package dev.confab.adapter.persistence.file.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages name the file and the reason in words, and no Java class. */
class IoReasonTest {
    @Test
    void every_kind_of_failure_has_a_message_in_words() {
        Map.of(
                new FileSystemException("/data", null, "Read-only file system"), "/data: Read-only file system",
                new FileSystemException("/data"), "/data: input/output error",
                new AccessDeniedException("/data"), "/data: permission denied",
                new NoSuchFileException("/data"), "/data: no such file or directory",
                new NotDirectoryException("/data"), "/data: not a directory",
                new FileAlreadyExistsException("/data"), "/data: a file with this name is in the way",
                new FileSystemLoopException("/data"), "/data: its symbolic links form a loop",
                new DirectoryNotEmptyException("/data"), "/data: input/output error",
                new IOException("No space left on device"), "No space left on device",
                new IOException(), "input/output error")
                .forEach((failure, words) -> assertThat(IoReason.of(failure)).as("%s", failure).isEqualTo(words));
    }

    @Test
    void a_failed_force_says_why() {
        var failed = new Disk.ForceFailed(Path.of("/data/journal"), new AccessDeniedException("/data/journal"));

        assertThat(IoReason.of(failed)).isEqualTo("could not force journal to disk: /data/journal: permission denied");
    }
}
