package dev.confab.application.turn.run;

/** Makes text from outside such as every store can keep it. */
final class StorableText {
    static final char REPLACEMENT = '\uFFFD';

    private StorableText() {
    }

    /** The text without U+0000 and lone surrogates, cut after the last code point that fits. */
    static String keepable(String text, int maxBytes) {
        var kept = new StringBuilder(Math.min(text.length(), maxBytes));
        int bytes = 0;
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            boolean bad = c == 0 || Character.getType(c) == Character.SURROGATE;
            int next = bad ? REPLACEMENT : c;
            bytes += next < 0x80 ? 1 : next < 0x800 ? 2 : next < 0x10000 ? 3 : 4;
            if (bytes > maxBytes) {
                break;
            }
            kept.appendCodePoint(next);
        }
        return kept.toString();
    }

    /** The length of well-formed text in UTF-8. */
    static long bytes(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A surrogate pair is two chars and four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
