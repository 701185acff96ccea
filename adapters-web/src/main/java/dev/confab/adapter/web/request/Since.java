package dev.confab.adapter.web.request;

/** The version that a client has, and wants the changes since; 0 for none. */
public record Since(long version) {
}
