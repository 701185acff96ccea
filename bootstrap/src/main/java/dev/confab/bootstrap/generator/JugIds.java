package dev.confab.bootstrap.generator;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.confab.domain.port.Ids;
import java.util.UUID;

/** Ids from java-uuid-generator: version 7 is monotonic within this process, version 5 hashes the UTF-8 of the name. */
public final class JugIds implements Ids {
    private final TimeBasedEpochGenerator ordered = Generators.timeBasedEpochGenerator();

    @Override
    public UUID next() {
        return ordered.generate();
    }

    @Override
    public UUID named(UUID namespace, String name) {
        return Generators.nameBasedGenerator(namespace).generate(name);
    }
}
