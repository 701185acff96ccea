package dev.confab.bootstrap.terminal;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Text of other people without the characters that command a terminal or reorder its line: an escape sequence in a message is an attack.
 * They become U+FFFD. The joiners of emoji and of scripts such as Persian stay.
 */
public final class PrintableText {
    /** Control and format characters, and the separators of lines and paragraphs. */
    public static final Pattern UNPRINTABLE = Pattern
            .compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^\\u200C\\u200D]]");
    private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n|\\n");
    private static final Pattern WHITE_SPACE = Pattern.compile("[\\t\\n\\r]");
    private static final String TAB = "    ";

    private PrintableText() {
    }

    /** The text as a part of one line. */
    public static String inline(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("\uFFFD");
    }

    /** The same with spaces for tabs and line breaks: for a part of a longer text. */
    public static String flowing(String text) {
        return inline(WHITE_SPACE.matcher(text).replaceAll(" "));
    }

    /** The lines of the text, with spaces for tabs. */
    public static Stream<String> lines(String text) {
        return LINE_BREAK.splitAsStream(text).map(line -> inline(line.replace("\t", TAB)));
    }
}
