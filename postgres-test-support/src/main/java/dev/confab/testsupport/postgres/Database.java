package dev.confab.testsupport.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A new, empty database on the server for tests.
 *
 * @param url its JDBC URL, without user and password
 * @param username a superuser
 */
public record Database(String name, String url, String username, String password) implements AutoCloseable {

    /** Its JDBC URL through a proxy in front of the server. */
    public String urlThrough(TcpProxy proxy) {
        return "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + name;
    }

    /** Opens a new connection; the caller closes it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, username, password);
    }

    /** Drops the database and ends every connection to it. */
    @Override
    public void close() {
        TestPostgres.shared().admin("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
}
