package dev.confab.domain.chatexport;

/**
 * Something in a file that is not imported.
 *
 * @param place where it is: the name of the file, and in it a line, a JSON pointer, or both line and column
 * @param reason a sentence without its subject and full stop, such as {@code has no id}
 */
public record Refusal(String place, String reason) {
}
