package dev.confab.adapter.chatexport.whatsapp;

import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The beginning of a message: {@code 31/12/19, 23:59 - } or {@code [31.12.19, 23:59:59] }, in the digits and with the spaces and invisible
 * marks of the phone's language.
 *
 * @param style what all headers of one file have in common; a line in another style is a quotation
 * @param rest what follows in the line: author and text
 */
record Header(DateNumbers date, LocalTime time, String style, String rest) {
    /** Marks of the direction of text, and of the order of bytes where files were joined. */
    static final String MARKS = "[\\u200E\\u200F\\u061C\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]*+";
    static final String SPACE = "[ \\u00A0\\u202F\\u2009]";
    private static final String WORD = "\\p{L}[\\p{L}\\p{M}.'\"\\u2018-\\u201F\\u05F3\\u05F4\\u200C\\u00A0\\u202F ]{0,14}?";
    private static final Pattern FORM = Pattern.compile("^" + MARKS + "(\\[?)" + MARKS
            + "(\\p{Nd}{1,4}+)" + MARKS + SPACE + "?([./-])" + SPACE + "?" + MARKS + "(\\p{Nd}{1,2}+)" + MARKS + SPACE
            + "?\\3" + SPACE + "?" + MARKS + "(\\p{Nd}{1,4}+)\\.?" + MARKS + "([,\\u060C\\u3001]?)" + SPACE + "{1,2}"
            + MARKS
            + "(?:(" + WORD + ")" + SPACE + "?)??(\\p{Nd}{1,2})[:.\\uFF1A](\\p{Nd}{2})(?:[:.\\uFF1A](\\p{Nd}{2}))?"
            + "(?:" + SPACE + "?(" + WORD + "))??" + MARKS + "(\\]|" + SPACE + "[-\\u2013]" + SPACE + ")" + MARKS
            + SPACE + "?+(.*)$", Pattern.DOTALL);
    /** A header is short; the text behind it need not be looked at. */
    private static final int MAX_LENGTH = 120;

    /** The header at the beginning of the line; empty if the line has none. */
    static Optional<Header> of(String line) {
        if (line.isEmpty() || !mayBegin(line)) {
            return Optional.empty();
        }
        Matcher m = FORM.matcher(line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH));
        if (!m.matches() || m.group(1).isEmpty() == m.group(12).equals("]")) {
            return Optional.empty();
        }
        String marker = m.group(7) == null ? m.group(11) : m.group(7);
        Optional<HalfOfDay> half = Optional.ofNullable(marker).flatMap(HalfOfDay::of);
        Optional<LocalTime> time = time(number(m.group(8)), number(m.group(9)),
                m.group(10) == null ? 0 : number(m.group(10)), half);
        if (marker != null && half.isEmpty() || time.isEmpty()) {
            return Optional.empty();
        }
        var date = new DateNumbers(number(m.group(2)), number(m.group(4)), number(m.group(5)),
                m.group(2).length() > 2, m.group(5).length() > 2, m.group(3).equals("."));
        String style = m.group(1) + m.group(3) + (date.yearFirst() ? "Y" : "") + (date.yearLast() ? "Y" : "")
                + (m.group(10) == null ? "" : "s") + (marker == null ? "" : "h") + m.group(12).strip();
        return Optional.of(new Header(date, time.get(), style, line.substring(m.start(13))));
    }

    private static boolean mayBegin(String line) {
        char first = line.charAt(0);
        return first == '[' || Character.isDigit(first) || first > 0x7F;
    }

    private static Optional<LocalTime> time(int hour, int minute, int second, Optional<HalfOfDay> half) {
        int ofDay = half.map(h -> h.hour(hour)).orElse(hour);
        return ofDay < 24 && minute < 60 && second < 60
                ? Optional.of(LocalTime.of(ofDay, minute, second))
                : Optional.empty();
    }

    private static int number(String digits) {
        return digits.chars().map(digit -> Character.digit(digit, 10)).reduce(0, (all, digit) -> 10 * all + digit);
    }
}
