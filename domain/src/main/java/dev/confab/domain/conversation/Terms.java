package dev.confab.domain.conversation;

import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tokenizer of search, the same in every store. A term is a word by the Unicode word breaks (as {@link BreakIterator} finds them),
 * in NFKC and lower case, cut to 100 characters. Punctuation and white space are not words; emoji are, without their joiners and
 * variation selectors.
 */
public final class Terms {
    public static final int MAX_TERM_LENGTH = 100;
    /** Variation selectors and joiners: the same word is typed with and without them. */
    private static final Pattern UNWRITTEN = Pattern.compile("[\\uFE0E\\uFE0F]|\\u200D$");

    private Terms() {
    }

    /** A term and the place of its word in the text: UTF-16 offsets, the end exclusive. */
    public record Word(String term, int start, int end) {
    }

    /** The distinct terms of a text, in order of their first occurrence. */
    public static SequencedSet<String> of(String text) {
        return words(text).stream().map(Word::term).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The words of a text in order, with their places. */
    public static List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        BreakIterator breaks = BreakIterator.getWordInstance(Locale.ROOT);
        breaks.setText(text);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
            if (isWord(text, start, end)) {
                String term = normal(text.substring(start, end));
                if (!term.isEmpty()) {
                    words.add(new Word(term, start, end));
                }
            }
        }
        return words;
    }

    private static boolean isWord(String text, int start, int end) {
        for (int i = start; i < end; i += Character.charCount(text.codePointAt(i))) {
            if (belongsToAWord(text.codePointAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static String normal(String word) {
        // NFKC leaves ASCII as it is, and most words of most texts are ASCII.
        return cut(isAscii(word) ? word.toLowerCase(Locale.ROOT) : nfkc(word));
    }

    /** NFKC before and after lower case: for a few characters each undoes the other. */
    private static String nfkc(String word) {
        String lower = Normalizer.normalize(word, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return UNWRITTEN.matcher(Normalizer.normalize(lower, Normalizer.Form.NFKC)).replaceAll("");
    }

    private static String cut(String term) {
        if (term.length() <= MAX_TERM_LENGTH) {
            return term;
        }
        int cut = Character.isHighSurrogate(term.charAt(MAX_TERM_LENGTH - 1)) ? MAX_TERM_LENGTH - 1 : MAX_TERM_LENGTH;
        return term.substring(0, cut);
    }

    private static boolean isAscii(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static boolean belongsToAWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint) || Character.isEmojiPresentation(codePoint)
                || Character.isExtendedPictographic(codePoint);
    }
}
