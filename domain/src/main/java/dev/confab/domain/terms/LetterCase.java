package dev.confab.domain.terms;

/** What the case of a letter says about where a part of an identifier begins. */
enum LetterCase {
    UPPER, LOWER, NONE;

    static LetterCase of(int codePoint) {
        if (Character.isUpperCase(codePoint) || Character.isTitleCase(codePoint)) {
            return UPPER;
        }
        return Character.isLowerCase(codePoint) ? LOWER : NONE;
    }
}
