package dev.confab.domain.terms;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Makes one of the ways to write a character: without case, width, ligature, and without the marks that are often left out. The steps are
 * compatibility decomposition, the removal of optional marks, full case folding (to upper case, then to lower case code point by code point, so
 * that no context and no language matters), the letters that do not decompose, and composition.
 */
final class Folding {
    /** Letters with a stroke, a hook or a ligature that Unicode does not decompose. */
    private static final Map<Integer, String> LETTERS = Map.ofEntries(Map.entry((int) 'ø', "o"),
            Map.entry((int) 'đ', "d"), Map.entry((int) 'ð', "d"), Map.entry((int) 'ħ', "h"),
            Map.entry((int) 'ı', "i"), Map.entry((int) 'ł', "l"), Map.entry((int) 'ŧ', "t"), Map.entry((int) 'æ', "ae"),
            Map.entry((int) 'œ', "oe"), Map.entry((int) 'þ', "th"),
            Map.entry((int) 'ß', "ss"));
    private static final int COMBINING_BREVE = 0x0306;
    private static final int GRAPHEME_JOINER = 0x034F;
    /** A mark whose upper case is a letter. */
    private static final int IOTA_SUBSCRIPT = 0x0345;
    private static final int TATWEEL = 0x0640;
    private static final int FIRST_CACHED = 0x80;
    /** Of each letter from Latin to Cyrillic: most texts have few others. */
    private static final String[] CACHED = IntStream.range(FIRST_CACHED, 0x530)
            .mapToObj(c -> compute(Character.toString(c))).toArray(String[]::new);

    private Folding() {
    }

    /**
     * A character and its marks, folded; empty when it means nothing by itself, as a soft hyphen.
     *
     * @param segment a character with at most the marks that {@link Tokenizer} takes at once
     */
    static String fold(String segment) {
        char first = segment.charAt(0);
        if (segment.length() == 1) {
            if (isUnchanged(first)) {
                return segment;
            }
            if (first >= FIRST_CACHED && first < FIRST_CACHED + CACHED.length) {
                return CACHED[first - FIRST_CACHED];
            }
        }
        return compute(segment);
    }

    /** Most of Chinese, Japanese and Korean. The letters of the last range are typed one by one, as in ㅋㅋㅋ. */
    private static boolean isUnchanged(char c) {
        return c >= 0x4E00 && c <= 0x9FFF || c >= 0xAC00 && c <= 0xD7A3 || c >= 0x3041 && c <= 0x3096
                || c >= 0x30A1 && c <= 0x30FA || c >= 0x3131 && c <= 0x318E;
    }

    private static String compute(String segment) {
        var kept = new StringBuilder();
        boolean optional = false;
        int base = 0;
        for (int c : Normalizer.normalize(segment, Normalizer.Form.NFKD).codePoints().toArray()) {
            if (isInvisible(c) || c == IOTA_SUBSCRIPT) {
                continue;
            }
            if (!CharacterClass.isMark(c)) {
                base = c;
                optional = CharacterClass.hasOptionalMarks(c);
                kept.appendCodePoint(c);
            } else if (!optional || isLetterWithBreve(base, c)) {
                kept.appendCodePoint(c);
            }
        }
        return Normalizer.normalize(withoutCase(kept.toString()), Normalizer.Form.NFC);
    }

    private static String withoutCase(String text) {
        var folded = new StringBuilder();
        text.toUpperCase(Locale.ROOT).codePoints().forEach(upper -> {
            int c = Character.toLowerCase(upper);
            int digit = Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER ? Character.digit(c, 10) : -1;
            if (digit >= 0) {
                folded.append((char) ('0' + digit));
            } else if (LETTERS.containsKey(c)) {
                folded.append(LETTERS.get(c));
            } else {
                folded.appendCodePoint(c);
            }
        });
        return folded.toString();
    }

    /** Soft hyphens, joiners, directions, variation selectors, and the stroke that only stretches Arabic words. */
    static boolean isInvisible(int c) {
        return Character.getType(c) == Character.FORMAT && c != Tokenizer.ZERO_WIDTH_SPACE || c >= 0xFE00 && c <= 0xFE0F
                || c >= 0xE0100 && c <= 0xE01EF || c == GRAPHEME_JOINER || c == TATWEEL;
    }

    /** The Cyrillic й and its like are letters of their own, not accented ones. */
    private static boolean isLetterWithBreve(int base, int mark) {
        return mark == COMBINING_BREVE && Character.UnicodeScript.of(base) == Character.UnicodeScript.CYRILLIC;
    }
}
