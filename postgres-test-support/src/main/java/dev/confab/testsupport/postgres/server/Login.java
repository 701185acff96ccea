package dev.confab.testsupport.postgres.server;

import static java.util.Objects.requireNonNullElse;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The address of a server and a user who may create databases; {@code database} exists. */
public record Login(String host, int port, String database, String username, String password) {

    /**
     * Parses a JDBC URL of one host. The user and the password are its parameters, by default {@code postgres} and empty.
     *
     * @throws IllegalArgumentException if it is not such a URL
     */
    static Login of(String jdbcUrl) {
        URI uri = URI.create(jdbcUrl.substring("jdbc:".length()));
        if (uri.getHost() == null || uri.getPath().length() < 2) {
            throw new IllegalArgumentException(
                    "-D" + Choice.SERVER + " must be like jdbc:postgresql://host:port/database?user=…&password=…");
        }
        Map<String, String> parameters = Stream.of(requireNonNullElse(uri.getQuery(), "").split("&"))
                .map(parameter -> parameter.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return new Login(uri.getHost(), uri.getPort() < 0 ? 5432 : uri.getPort(), uri.getPath().substring(1),
                parameters.getOrDefault("user", "postgres"), parameters.getOrDefault("password", ""));
    }

    /** The JDBC URL of a database of this server. */
    public String url(String databaseName) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + databaseName;
    }

    /**
     * Runs one statement outside a transaction, on a new connection.
     *
     * @return the first column of the first row as text; empty if the statement returns no row
     */
    public Optional<String> run(String sql) {
        try (Connection connection = DriverManager.getConnection(url(database), username, password);
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return Optional.empty();
            }
            ResultSet rows = statement.getResultSet();
            return rows.next() ? Optional.of(String.valueOf(rows.getString(1))) : Optional.empty();
        } catch (SQLException e) {
            throw new IllegalStateException(sql + ": " + e.getMessage(), e);
        }
    }
}
