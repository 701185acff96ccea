package dev.confab.browser;

import java.nio.file.Path;
import java.util.List;

class LoggedInFilePagesTest extends PagesContract {
    @Override
    List<String> settings(Path directory) {
        return List.of("--confab.file.directory=" + directory.resolve("data"), "--confab.security=api-keys");
    }

    @Override
    boolean hasLogIn() {
        return true;
    }
}
