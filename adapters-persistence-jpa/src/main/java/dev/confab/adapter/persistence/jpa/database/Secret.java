package dev.confab.adapter.persistence.jpa.database;

import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The random secret that was created with the schema. All instances over one database share it. */
public final class Secret {
    private static final String SELECT = "SELECT encode(value, 'hex') FROM secret WHERE purpose = 'cursors'";

    private Secret() {
    }

    /** As 64 hexadecimal digits. */
    public static String read(DataSource source) {
        try {
            return JdbcClient.create(source).sql(SELECT).query(String.class).optional()
                    .orElseThrow(() -> new DatabaseCannotServe(
                            "The table secret has lost its row for cursors: restore it from a backup."));
        } catch (DataAccessException e) {
            throw new DatabaseCannotServe("The table secret cannot be read: " + SqlFailures.message(e), e);
        }
    }
}
