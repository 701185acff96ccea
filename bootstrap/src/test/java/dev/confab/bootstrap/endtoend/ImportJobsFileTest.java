package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportJobsFileTest extends ImportJobsContract {
    @TempDir
    Path directory;

    @Override
    RunningConfab start(String... settings) {
        return RunningConfab.start(directory, settings);
    }

    @Test
    void the_uploaded_file_is_deleted_at_the_end() throws Exception {
        try (var confab = start()) {
            ended(confab, upload(confab, ImportChatsCommandTest.chatGpt(1)));

            try (var files = Files.list(directory.resolve("imports"))) {
                assertThat(files.map(file -> file.getFileName().toString().replaceAll("^[^.]*", "")))
                        .containsExactlyInAnyOrder(".json", ".report");
            }
        }
    }
}
