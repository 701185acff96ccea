package dev.confab.bootstrap.endtoend;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileIsolationTest extends IsolationContract {
    @TempDir
    static Path directory;

    @Override
    RunningConfab start(String... settings) {
        return RunningConfab.start(directory, settings);
    }
}
