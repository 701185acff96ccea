package dev.confab.bootstrap.endtoend;

import java.nio.file.Path;

class SearchCasesFileTest extends SearchCasesContract {
    @Override
    RunningConfab start(Path directory) {
        return RunningConfab.start(directory);
    }
}
