package dev.confab.adapter.web.json;

/** The compact text of a JSON object in a request, member names and digits as they came. */
public record JsonObjectText(String text) {
}
