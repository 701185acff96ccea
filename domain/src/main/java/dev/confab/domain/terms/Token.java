package dev.confab.domain.terms;

/**
 * A word, a part of a word, or a character of a script that is written without spaces.
 *
 * @param text folded, never empty
 * @param start where it begins in the text, in UTF-16
 * @param end where it ends, exclusive
 */
record Token(String text, int start, int end, Kind kind) {

    enum Kind {
        /** A word, or the first part of one. */
        WORD,
        /** A further part of the word before it: {@code Name} of {@code userName}. */
        PART,
        /** A character with its marks, where no space separates words; an emoji. */
        CHARACTER,
        /** The same directly after another one. */
        NEXT_CHARACTER
    }

    boolean isCharacter() {
        return kind == Kind.CHARACTER || kind == Kind.NEXT_CHARACTER;
    }
}
