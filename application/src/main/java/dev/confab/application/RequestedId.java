package dev.confab.application;

import java.util.UUID;

/** How a request names what it is to make. Only a request that names it is safe to repeat. */
public sealed interface RequestedId {

    /** The client's own id. */
    record Given(UUID id) implements RequestedId {
    }

    /** The client's idempotency key, 1..255 characters: it becomes a UUIDv5 in the conversation's or the owner's namespace. */
    record Keyed(String key) implements RequestedId {
    }

    /** None: Confab makes one. */
    record Unnamed() implements RequestedId {
    }
}
