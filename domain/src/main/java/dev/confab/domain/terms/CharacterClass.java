package dev.confab.domain.terms;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** What a character means to the tokenizer. */
enum CharacterClass {
    /** A letter or digit of a script that separates words by spaces. */
    LETTER,
    /** A character of a script that does not, or an emoji. */
    ALONE,
    /** A mark that belongs to the character before it. */
    MARK,
    /** Anything else: it ends a word. */
    SEPARATOR;

    /** Korean is here because particles follow a word without a space. */
    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA, UnicodeScript.BOPOMOFO, UnicodeScript.HANGUL, UnicodeScript.YI, UnicodeScript.THAI,
            UnicodeScript.LAO, UnicodeScript.KHMER, UnicodeScript.MYANMAR, UnicodeScript.TAI_THAM, UnicodeScript.TAI_LE,
            UnicodeScript.NEW_TAI_LUE, UnicodeScript.TAI_VIET);
    /** Marks of other scripts, as of Hindi or Thai, are vowels, which make another word. */
    private static final Set<UnicodeScript> MARKS_ARE_OPTIONAL = EnumSet.of(UnicodeScript.LATIN, UnicodeScript.GREEK,
            UnicodeScript.CYRILLIC, UnicodeScript.HEBREW, UnicodeScript.ARABIC, UnicodeScript.COMMON,
            UnicodeScript.INHERITED);
    private static final int PROLONGED_SOUND_MARK = 'ー';
    private static final int FIRST_REGIONAL_INDICATOR = 0x1F1E6;
    private static final int LAST_REGIONAL_INDICATOR = 0x1F1FF;

    static CharacterClass of(int codePoint) {
        if (codePoint < 0x80) {
            return isAsciiLetterOrDigit(codePoint) ? LETTER : SEPARATOR;
        }
        if (isMark(codePoint)) {
            return MARK;
        }
        if (Character.isLetterOrDigit(codePoint) || Character.getType(codePoint) == Character.LETTER_NUMBER) {
            return ofLetter(codePoint);
        }
        return Character.isEmojiPresentation(codePoint) || Character.isExtendedPictographic(codePoint)
                || isRegionalIndicator(codePoint) ? ALONE : SEPARATOR;
    }

    private static CharacterClass ofLetter(int codePoint) {
        if (isApostrophe(codePoint)) {
            return SEPARATOR;
        }
        return codePoint == PROLONGED_SOUND_MARK || WITHOUT_SPACES.contains(UnicodeScript.of(codePoint))
                ? ALONE
                : LETTER;
    }

    static boolean isAsciiLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    /** Modifier letters that are typed for an apostrophe. */
    private static boolean isApostrophe(int codePoint) {
        return codePoint >= 0x02B9 && codePoint <= 0x02BF;
    }

    /** Also the vowels and finals of Korean syllables that are written in their parts. */
    static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> codePoint >= 0x1160 && codePoint <= 0x11FF || codePoint >= 0xD7B0 && codePoint <= 0xD7FB;
        };
    }

    /** Whether it is written and typed with and without its marks. Digits of all scripts are folded into those of one. */
    static boolean hasOptionalMarks(int codePoint) {
        return Character.isDigit(codePoint) || MARKS_ARE_OPTIONAL.contains(UnicodeScript.of(codePoint));
    }

    static boolean isRegionalIndicator(int codePoint) {
        return codePoint >= FIRST_REGIONAL_INDICATOR && codePoint <= LAST_REGIONAL_INDICATOR;
    }
}
