package dev.confab.bootstrap.endtoend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** On the reference store, which the tests add under the name tiny. */
class ReferenceIsolationTest extends IsolationContract {
    @TempDir
    static Path directory;

    @Override
    RunningConfab start(String... settings) {
        var all = new ArrayList<>(
                List.of("--confab.persistence=tiny", "--confab.tiny.log=" + directory.resolve("log")));
        all.addAll(List.of(settings));
        return RunningConfab.start(directory.resolve("not-made"), all.toArray(String[]::new));
    }
}
