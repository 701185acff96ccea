package dev.confab.adapter.web.json;

/** The compact text of a JSON object in a request, with its member names and digits unchanged. */
public record JsonObjectText(String text) {
}
