package dev.confab.adapter.persistence.jpa.database;

import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/**
 * Creates or migrates the tables. Of instances that start together, one migrates and the others wait for Flyway's lock.
 */
public final class Schema {
    private static final String MIGRATIONS = "classpath:dev/confab/adapter/persistence/jpa/migration";

    private Schema() {
    }

    /** @param unpooled connections without a statement time-out, since migrating large tables takes long */
    public static void migrate(DataSource unpooled) {
        try {
            Flyway flyway = Flyway.configure().dataSource(unpooled).locations(MIGRATIONS).failOnMissingLocations(true)
                    .load();
            flyway.migrate();
            refuseNewer(flyway.info().all());
        } catch (FlywayException e) {
            throw new DatabaseCannotServe("The database's schema could not be brought up to date: " + e.getMessage(),
                    e);
        }
    }

    private static void refuseNewer(MigrationInfo[] migrations) {
        Arrays.stream(migrations).filter(Schema::isFromTheFuture).reduce((earlier, later) -> later)
                .ifPresent(newest -> {
                    throw new DatabaseCannotServe("The database's schema has version " + newest.getVersion()
                            + ", which this Confab does not know: run the newer Confab that made it.");
                });
    }

    private static boolean isFromTheFuture(MigrationInfo migration) {
        return migration.getState() == MigrationState.FUTURE_SUCCESS
                || migration.getState() == MigrationState.FUTURE_FAILED;
    }
}
