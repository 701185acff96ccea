package dev.confab.application;

/** @param isNew false when the same request had made it before */
public record CreateResult<T>(T value, boolean isNew) {
}
