package dev.confab.adapter.web.request;

/** The version from which a client asks for changes; 0 for all. */
public record Since(long version) {
}
