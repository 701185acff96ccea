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
        return Cli.with("--confab.security=api-keys", "--confab.persistence=jpa",
                "--spring.datasource.url=" + database.url(), "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password());
    }

    @AfterAll
    void drop() {
        database.close();
    }
}
