package dev.confab.adapter.assistant.openai.token;

import com.knuddels.jtokkit.api.Encoding;
import java.util.function.Supplier;

/**
 * Counts with one of OpenAI's encodings.
 *
 * <p>A long text is counted in pieces, because the time for a run of letters or spaces grows faster than its length: a MiB of one letter
 * takes a second as a whole, and a third of that in pieces. A piece ends where a word does, so the sum is exact; only a run that is
 * longer than a piece is cut somewhere, which adds a token or two for each cut.
 *
 * @param encoding loaded when the first text is counted, which takes half a second
 */
record BpeCounter(Supplier<Encoding> encoding) implements TextCounter {
    static final int PIECE = 4096;
    /** The longest part of a piece that is left to the next one, in order to end it where a word does. */
    private static final int LOOK_BACK = 1024;

    @Override
    public int count(String text, int limit) {
        Encoding loaded = encoding.get();
        int tokens = 0;
        for (int start = 0; start < text.length() && tokens <= limit;) {
            int end = end(text, start);
            // Ordinary: the names of special tokens are text like any other.
            tokens += loaded.countTokensOrdinary(text.substring(start, end));
            start = end;
        }
        return tokens;
    }

    /** Every encoding begins a token at a single space between letters. */
    private static int end(String text, int start) {
        int end = start + PIECE;
        if (end >= text.length()) {
            return text.length();
        }
        for (int space = end - 1; space > end - LOOK_BACK; space--) {
            if (text.charAt(space) == ' ' && Character.isLetter(text.charAt(space - 1))
                    && Character.isLetter(text.charAt(space + 1))) {
                return space;
            }
        }
        return Character.isLowSurrogate(text.charAt(end)) ? end - 1 : end;
    }
}
