package dev.confab.adapter.persistence.file.health;

/**
 * How far the search index is built.
 *
 * @param indexed how many conversations it contains of those that it lacked when it was opened
 */
public record IndexProgress(int indexed, int total) {
}
