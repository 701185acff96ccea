package dev.confab.adapter.web.request;

/** The body of a request that has nothing to say: <code>{}</code>, or none at all. */
public record NoMembers() {
}
