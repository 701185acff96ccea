package dev.confab.adapter.persistence.jpa.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The random secret that was created with the schema. All instances over one database share it. */
public final class Secret {
    private static final String SELECT = "SELECT encode(value, 'hex') FROM secret WHERE purpose = 'cursors'";

    private Secret() {
    }

    /** As 64 hexadecimal digits. */
    public static String read(DataSource source) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SELECT)) {
            if (!row.next()) {
                throw new DatabaseCannotServe(
                        "The table secret has lost its row for cursors: restore it from a backup.");
            }
            return row.getString(1);
        } catch (SQLException e) {
            throw new DatabaseCannotServe("The table secret cannot be read: " + e.getMessage(), e);
        }
    }
}
