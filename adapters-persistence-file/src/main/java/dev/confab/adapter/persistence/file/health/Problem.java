package dev.confab.adapter.persistence.file.health;

import java.time.Duration;

/**
 * Something that does not work now and may work again.
 *
 * @param what what failed and why
 * @param age how long ago it first failed
 */
public record Problem(String what, Duration age) {
}
