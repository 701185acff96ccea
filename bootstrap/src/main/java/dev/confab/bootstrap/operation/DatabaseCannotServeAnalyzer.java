package dev.confab.bootstrap.operation;

import dev.confab.adapter.persistence.jpa.database.DatabaseCannotServe;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at the start why the database cannot be served from. */
final class DatabaseCannotServeAnalyzer extends AbstractFailureAnalyzer<DatabaseCannotServe> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DatabaseCannotServe cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()),
                "Name a PostgreSQL that can: --spring.datasource.url=jdbc:postgresql://<host>/<database>, with "
                        + "spring.datasource.username and spring.datasource.password. Or start on files: "
                        + "--confab.persistence=file.",
                cause);
    }
}
