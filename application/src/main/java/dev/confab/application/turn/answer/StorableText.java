package dev.confab.application.turn.answer;

import dev.confab.domain.conversation.TextRules;

/** Text that every store can keep, from pieces: whole code points, with U+FFFD in place of U+0000 and lone surrogates. */
public final class StorableText {
    private static final char REPLACEMENT = '\uFFFD';

    /** A high surrogate whose other half has not arrived yet; 0 for none. */
    private char pending;

    /** The storable text of a whole text, cut after the last code point that fits. */
    public static String of(String text, int maxBytes) {
        var storable = new StorableText();
        String whole = storable.add(text) + storable.finish();
        if (TextRules.utf8Length(whole) <= maxBytes) {
            return whole;
        }
        int end = 0;
        for (int bytes = 0;; end = whole.offsetByCodePoints(end, 1)) {
            bytes += TextRules.utf8Length(Character.toString(whole.codePointAt(end)));
            if (bytes > maxBytes) {
                return whole.substring(0, end);
            }
        }
    }

    /** The piece's text as far as it is complete; may be empty. */
    public String add(String piece) {
        var text = new StringBuilder(piece.length() + 1);
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (pending != 0 && Character.isLowSurrogate(c)) {
                text.append(pending).append(c);
                pending = 0;
            } else {
                text.append(finish());
                if (Character.isHighSurrogate(c)) {
                    pending = c;
                } else {
                    text.append(c == 0 || Character.isLowSurrogate(c) ? REPLACEMENT : c);
                }
            }
        }
        return text.toString();
    }

    /** The rest when no more pieces follow. */
    public String finish() {
        boolean lone = pending != 0;
        pending = 0;
        return lone ? String.valueOf(REPLACEMENT) : "";
    }
}
