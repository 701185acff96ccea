package dev.confab.adapter.persistence.file.health;

import java.time.Instant;

/**
 * Something that does not work now and may work again.
 *
 * @param what what failed and why
 * @param since when it first failed
 */
public record Problem(String what, Instant since) {
}
