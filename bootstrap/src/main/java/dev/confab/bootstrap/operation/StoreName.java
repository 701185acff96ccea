package dev.confab.bootstrap.operation;

/**
 * Which store runs.
 *
 * @param name as in {@code confab.persistence}
 * @param place where it keeps conversations, for people
 */
public record StoreName(String name, String place) {
}
