package dev.confab.domain.port;

import java.util.UUID;

/** Makes ids, outside of any transaction: a work that runs twice must not make two. */
public interface Ids {
    /** A new UUID of version 7 (RFC 9562), ordered by time. */
    UUID next();

    /** The UUID of version 5 (RFC 9562) of a name in a namespace: the same for the same two. */
    UUID named(UUID namespace, String name);
}
