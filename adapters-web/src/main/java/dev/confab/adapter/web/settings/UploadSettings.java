package dev.confab.adapter.web.settings;

/**
 * The settings of uploaded files.
 *
 * @param maxBytes the largest one
 * @param atOnce how many may be uploaded at once
 */
public record UploadSettings(long maxBytes, int atOnce) {
}
