package dev.confab.testsupport.postgres.server;

import java.util.List;
import java.util.Map;

/** The server's settings without which a test of durability proves nothing. */
public final class Settings {
    /** The settings that we start a server with. */
    static final Map<String, String> REQUIRED = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "max_connections", "300");

    private static final List<String> DURABILITY = List.of("fsync", "synchronous_commit", "full_page_writes");

    private Settings() {
    }

    /**
     * Asks the server itself, because it may run with other settings than the ones it was started with.
     *
     * @throws IllegalStateException if one of the settings of durability is not {@code on}
     */
    public static void demandDurability(Login login) {
        for (String setting : DURABILITY) {
            String value = login.ask("SHOW " + setting);
            if (!value.equals("on")) {
                throw new IllegalStateException("the PostgreSQL for tests runs with " + setting + " = " + value
                        + ": what it says is committed may be lost");
            }
        }
    }
}
