package dev.confab.domain.conversation;

/** Checks that every store can keep a text: PostgreSQL cannot store U+0000, and UTF-8 cannot encode a lone surrogate. */
public final class TextRules {
    private static final int MAX_CODE_LENGTH = 64;

    private TextRules() {
    }

    /** Returns the text if it is well-formed; otherwise throws {@link InvalidValue} with the UTF-16 offset of the fault. */
    public static String text(String field, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new InvalidValue(field, "contains U+0000 at offset " + i);
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new InvalidValue(field, "contains a lone surrogate at offset " + i);
            }
        }
        return text;
    }

    /** Returns the text if it is well-formed and has {@code min} to {@code max} characters; otherwise throws {@link InvalidValue}. */
    public static String characters(String field, String text, int min, int max) {
        text(field, text);
        if (text.length() < min || text.length() > max) {
            throw new InvalidValue(field, min == 0
                    ? "has more than " + max + " characters"
                    : "must have " + min + " to " + max + " characters");
        }
        return text;
    }

    /** Returns the text if it is well-formed and its UTF-8 form is not too long; otherwise throws {@link InvalidValue}. */
    public static String text(String field, String text, int maxBytes) {
        text(field, text);
        // One char is at most three bytes, so most texts need no counting.
        if (text.length() > maxBytes / 3 && utf8Length(text) > maxBytes) {
            throw new InvalidValue(field, "has more than " + maxBytes + " bytes of UTF-8");
        }
        return text;
    }

    /** Returns the text if it is at most 64 characters, words of a-z and 0-9 joined by hyphens; else throws {@link InvalidValue}. */
    public static String code(String field, String text) {
        if (text.length() > MAX_CODE_LENGTH || !text.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new InvalidValue(field, "must be at most " + MAX_CODE_LENGTH
                    + " characters, words of a-z and 0-9 joined by hyphens");
        }
        return text;
    }

    /** The length in UTF-8 bytes of well-formed text, without encoding it. */
    public static int utf8Length(String text) {
        int length = text.length();
        int bytes = length;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // A surrogate pair is two chars and four bytes; any other char from U+0800 on is three.
                bytes += c >= 0x800 && !Character.isSurrogate(c) ? 2 : 1;
            }
        }
        return bytes;
    }
}
