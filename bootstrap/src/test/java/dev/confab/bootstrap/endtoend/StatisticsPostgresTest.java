package dev.confab.bootstrap.endtoend;

import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import org.junit.jupiter.api.AfterAll;

class StatisticsPostgresTest extends StatisticsContract {
    private final Database database = TestPostgres.shared().newDatabase();

    @Override
    RunningConfab start() {
        return RunningConfab.start(database);
    }

    @AfterAll
    @Override
    void end() {
        super.end();
        database.close();
    }
}
