package dev.confab.domain.importjob;

import dev.confab.domain.conversation.CanonicalUuid;
import java.util.UUID;

/** Identifies an import job. */
public record ImportJobId(UUID value) implements CanonicalUuid<ImportJobId> {

    /** Parses the canonical text; throws {@code InvalidValue} for anything else. */
    public static ImportJobId parse(String text) {
        return new ImportJobId(CanonicalUuid.parse("id", text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
