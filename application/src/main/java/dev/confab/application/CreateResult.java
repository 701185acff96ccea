package dev.confab.application;

/**
 * The result of a request that creates something.
 *
 * @param isNew false when the same request had created it before
 */
public record CreateResult<T>(T value, boolean isNew) {
}
