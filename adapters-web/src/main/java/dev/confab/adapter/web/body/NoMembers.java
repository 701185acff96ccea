package dev.confab.adapter.web.body;

/** The body of a request that has nothing to say: <code>{}</code>, or none at all. */
public record NoMembers() {
}
