package dev.confab.domain.port;

import java.util.UUID;

/** Generates ids. Call it outside transaction functions, which may run twice and would get two ids. */
public interface Ids {
    /** A new UUID of version 7 (RFC 9562), ordered by time. */
    UUID next();

    /** The UUID of version 5 (RFC 9562) of a name in a namespace. The same arguments give the same UUID. */
    UUID named(UUID namespace, String name);
}
