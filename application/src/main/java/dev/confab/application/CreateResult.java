package dev.confab.application;

/** The result of a request that creates something; not new when the same request had created it before. */
public record CreateResult<T>(T value, boolean isNew) {
}
