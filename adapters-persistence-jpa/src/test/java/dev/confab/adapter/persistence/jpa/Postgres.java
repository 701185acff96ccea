package dev.confab.adapter.persistence.jpa;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

final class Postgres {
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger COUNT = new AtomicInteger();

    static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder().setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on").start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static JpaStoreSettings newDatabase() {
        String name = "d" + COUNT.incrementAndGet();
        try (var c = SERVER.getPostgresDatabase().getConnection(); var s = c.createStatement()) {
            s.execute("create database " + name);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return JpaStoreSettings.of(SERVER.getJdbcUrl("postgres", name), "postgres", "postgres");
    }
}
