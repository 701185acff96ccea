package dev.confab.adapter.chatexport.whatsapp;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What stands behind the header of a line: the author and the text.
 *
 * @param author empty for a line of the system
 * @param text the first line, without the invisible mark that begins lines of the application itself
 * @param isMarked whether it had that mark
 */
record Written(Optional<String> author, String text, boolean isMarked) {
    private static final Pattern MARKS = Pattern
            .compile("[\\u200E\\u200F\\u061C\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]+");
    private static final Pattern SPACES = Pattern.compile("[\\u00A0\\u202F\\u2009]");
    /** In front of a name that is not in the phone's address book. */
    private static final Pattern UNSAVED = Pattern.compile("^~ ");
    private static final int MAX_AUTHOR = 200;

    /** @param known the authors of the file, who may write without a space after the colon */
    static Written of(String rest, Set<String> known) {
        int colon = colon(rest, known);
        String author = colon < 0 ? "" : name(rest.substring(0, colon));
        if (author.isEmpty()) {
            return new Written(Optional.empty(), withoutMark(rest), isMarked(rest));
        }
        String text = rest.substring(colon + 1);
        String written = text.startsWith(" ") ? text.substring(1) : text;
        return new Written(Optional.of(author), withoutMark(written), isMarked(written));
    }

    /** The name before the first colon that a space or the end of the line follows; empty without one. */
    static Optional<String> author(String rest) {
        return of(rest, Set.of()).author();
    }

    private static int colon(String rest, Set<String> known) {
        for (int at = rest.indexOf(':'); at >= 0 && at <= MAX_AUTHOR; at = rest.indexOf(':', at + 1)) {
            boolean isEnd = at + 1 == rest.length() || rest.charAt(at + 1) == ' ' || rest.charAt(at + 1) == '\u200E';
            String before = rest.substring(0, at);
            if (isOpenQuotation(before)) {
                return -1;
            }
            if (isEnd || known.contains(name(before))) {
                return at;
            }
        }
        return -1;
    }

    /** A line of the system quotes a name of a group, which may have a colon. */
    private static boolean isOpenQuotation(String text) {
        return text.chars().filter(c -> c == '"').count() % 2 == 1
                || text.lastIndexOf('\u201C') > text.lastIndexOf('\u201D');
    }

    private static String name(String raw) {
        String plain = SPACES.matcher(MARKS.matcher(raw).replaceAll("")).replaceAll(" ").replace('\u2011', '-').strip();
        return UNSAVED.matcher(plain).replaceFirst("");
    }

    private static boolean isMarked(String text) {
        return !text.isEmpty() && text.charAt(0) == '\u200E';
    }

    private static String withoutMark(String text) {
        int from = 0;
        while (from < text.length() && (text.charAt(from) == '\u200E' || text.charAt(from) == '\uFEFF')) {
            from++;
        }
        return text.substring(from);
    }
}
