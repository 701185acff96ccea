package dev.confab.adapter.persistence.contract.sample;

import dev.confab.domain.port.Ids;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids that no other test has. */
public final class RandomIds implements Ids {
    @Override
    public UUID next() {
        return UUID.randomUUID();
    }

    @Override
    public UUID named(UUID namespace, String name) {
        return UUID.nameUUIDFromBytes((namespace + name).getBytes(StandardCharsets.UTF_8));
    }
}
