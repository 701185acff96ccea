package dev.confab.testsupport.postgres.server;

import java.util.List;
import java.util.Map;

/** The settings of the server; without durable commits a durability test proves nothing. */
public final class Settings {
    /** The settings that a server is started with. */
    static final Map<String, String> REQUIRED = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "max_connections", "300");

    private static final List<String> DURABILITY = List.of("fsync", "synchronous_commit", "full_page_writes");

    private Settings() {
    }

    /**
     * Checks the settings of the running server, which may differ from the ones it was started with.
     *
     * @throws IllegalStateException if a setting of durability is not {@code on}
     */
    public static void requireDurability(Login login) {
        for (String setting : DURABILITY) {
            String value = login.run("SHOW " + setting).orElse("unknown");
            if (!value.equals("on")) {
                throw new IllegalStateException(
                        "the PostgreSQL for tests may lose committed data: " + setting + " = " + value);
            }
        }
    }
}
