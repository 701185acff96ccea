package dev.confab.domain.importjob;

import java.util.Optional;

/**
 * What the owner may store, by the limits of the request that created the job; see {@link dev.confab.domain.access.Limits}.
 *
 * @param storedBytes no limit when empty
 * @param conversations no limit when empty
 */
public record ImportQuota(Optional<Long> storedBytes, Optional<Integer> conversations) {
    /** No limit. */
    public static final ImportQuota NONE = new ImportQuota(Optional.empty(), Optional.empty());
}
