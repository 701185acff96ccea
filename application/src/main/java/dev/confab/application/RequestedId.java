package dev.confab.application;

import java.util.UUID;

/** The id that a request chooses for what it creates. Only a request with an id or a key is safe to repeat. */
public sealed interface RequestedId {

    /** The id itself. */
    record Given(UUID id) implements RequestedId {
    }

    /** An idempotency key, 1..255 characters. The id is the UUIDv5 of the key in the namespace of the conversation or the owner. */
    record Keyed(String key) implements RequestedId {
        /** In characters. */
        public static final int MAX_LENGTH = 255;
    }

    /** No id: the server chooses one. */
    record Unnamed() implements RequestedId {
    }
}
