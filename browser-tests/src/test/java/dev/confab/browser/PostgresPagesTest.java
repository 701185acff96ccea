package dev.confab.browser;

import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.nio.file.Path;
import java.util.List;

class PostgresPagesTest extends PagesContract {
    private final Database database = TestPostgres.shared().newDatabase();

    @Override
    List<String> settings(Path directory) {
        return List.of("--confab.persistence=jpa", "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password());
    }
}
