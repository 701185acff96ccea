package dev.confab.bootstrap.endtoend;

import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;

class SearchCasesPostgresTest extends SearchCasesContract {
    private final Database database = TestPostgres.shared().newDatabase();

    @Override
    RunningConfab start(Path directory) {
        return RunningConfab.start(database);
    }

    @AfterAll
    @Override
    void end() {
        super.end();
        database.close();
    }
}
