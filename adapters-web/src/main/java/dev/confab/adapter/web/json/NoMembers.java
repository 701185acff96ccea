package dev.confab.adapter.web.json;

/** The body of a request without members: <code>{}</code>, or no body. */
public record NoMembers() {
}
