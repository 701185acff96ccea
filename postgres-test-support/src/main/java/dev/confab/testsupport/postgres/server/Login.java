package dev.confab.testsupport.postgres.server;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The address of a server and a user who may create databases; {@code database} is one that exists. */
public record Login(String host, int port, String database, String username, String password) {

    /**
     * Reads a JDBC URL of one host; a user and a password come from its parameters, or are {@code postgres} and empty.
     *
     * @throws IllegalArgumentException if it is not such a URL
     */
    static Login of(String jdbcUrl) {
        URI uri = URI.create(jdbcUrl.substring("jdbc:".length()));
        if (uri.getHost() == null || uri.getPath().length() < 2) {
            throw new IllegalArgumentException(
                    "-D" + Choice.SERVER + " is not like jdbc:postgresql://host:port/database?user=…&password=…");
        }
        Map<String, String> parameters = parameters(uri);
        return new Login(uri.getHost(), uri.getPort() < 0 ? 5432 : uri.getPort(), uri.getPath().substring(1),
                parameters.getOrDefault("user", "postgres"), parameters.getOrDefault("password", ""));
    }

    private static Map<String, String> parameters(URI uri) {
        return Stream.of(Objects.requireNonNullElse(uri.getQuery(), "").split("&"))
                .map(parameter -> parameter.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    /** The JDBC URL of a database of this server. */
    public String url(String databaseName) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + databaseName;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(database), username, password);
    }

    /** Runs one statement outside a transaction. */
    public void execute(String sql) {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + ": " + e.getMessage(), e);
        }
    }

    /** The first column of the first row. */
    public String ask(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            if (!rows.next()) {
                throw new IllegalStateException(sql + ": no row");
            }
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(sql + ": " + e.getMessage(), e);
        }
    }
}
