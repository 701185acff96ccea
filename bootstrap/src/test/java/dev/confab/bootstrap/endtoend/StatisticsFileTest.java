package dev.confab.bootstrap.endtoend;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class StatisticsFileTest extends StatisticsContract {
    @TempDir
    static Path directory;

    @Override
    RunningConfab start() {
        return RunningConfab.start(directory);
    }
}
