package dev.confab.bootstrap.endtoend;

import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import org.junit.jupiter.api.AfterAll;

class PostgresIsolationTest extends IsolationContract {
    private final Database database = TestPostgres.shared().newDatabase();

    @Override
    RunningConfab start(String... settings) {
        return RunningConfab.start(database, settings);
    }

    @AfterAll
    @Override
    void end() {
        super.end();
        database.close();
    }
}
