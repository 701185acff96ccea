package dev.confab.bootstrap.endtoend;

import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;

/** The reading commands on PostgreSQL, beside a server. */
class ReadingPostgresTest extends ReadingContract {
    private final Database database = TestPostgres.shared().newDatabase();

    @Override
    RunningConfab start(Path directory, String... settings) {
        return RunningConfab.start(database, settings);
    }

    @Override
    Cli commands(RunningConfab filled, Path directory, String tokenFile) {
        return Cli.on(database, "--confab.security=api-keys");
    }

    @AfterAll
    void drop() {
        database.close();
    }
}
