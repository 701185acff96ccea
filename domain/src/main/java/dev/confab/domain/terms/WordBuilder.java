package dev.confab.domain.terms;

import java.util.List;

/** The word that is being scanned, and where the case of its letters says that a part of an identifier begins. */
final class WordBuilder {
    private final List<Token> tokens;
    private final StringBuilder letters = new StringBuilder();
    /** Of each part: where it begins in the letters and in the text, and where the part before it ends in the text. */
    private final int[] partAt = new int[Terms.MAX_TERM_LENGTH + 1];
    private final int[] partStart = new int[Terms.MAX_TERM_LENGTH + 1];
    private final int[] endBefore = new int[Terms.MAX_TERM_LENGTH + 1];
    private int parts;
    private int end;
    private boolean isCut;
    private LetterCase last = LetterCase.NONE;
    /** Of the last letter in upper case: where a part would begin, if the letter after it is in lower case. */
    private int upperAt;
    private int upperStart;
    private int endBeforeUpper;
    private boolean upperFollowsWord;

    WordBuilder(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** A character begins; {@link #append} gives its letters. */
    void begin(LetterCase letterCase, int start) {
        if (letters.isEmpty()) {
            addPart(0, start, start);
        } else if (letterCase == LetterCase.UPPER && last == LetterCase.LOWER) {
            addPart(letters.length(), start, end);
        } else if (letterCase == LetterCase.LOWER && last == LetterCase.UPPER && upperFollowsWord) {
            addPart(upperAt, upperStart, endBeforeUpper);
        }
        if (letterCase == LetterCase.UPPER) {
            upperFollowsWord = !letters.isEmpty() && last != LetterCase.LOWER;
            upperAt = letters.length();
            upperStart = start;
            endBeforeUpper = end;
        }
        last = letterCase;
    }

    private void addPart(int at, int start, int endOfPrevious) {
        if (!isCut) {
            partAt[parts] = at;
            partStart[parts] = start;
            endBefore[parts] = endOfPrevious;
            parts++;
        }
    }

    void append(int codePoint, int endInText) {
        isCut |= letters.length() + Character.charCount(codePoint) > Terms.MAX_TERM_LENGTH;
        if (!isCut) {
            letters.appendCodePoint(codePoint);
        }
        end = endInText;
    }

    /** Without a word the mark means nothing. */
    void mark(int codePoint, int endInText) {
        if (!letters.isEmpty()) {
            append(codePoint, endInText);
        }
    }

    void end() {
        if (letters.isEmpty()) {
            return;
        }
        if (isCut) {
            // No identifier is as long: this is data, and its parts would say nothing.
            parts = 1;
        }
        for (int i = 0; i < parts; i++) {
            boolean isLast = i == parts - 1;
            tokens.add(new Token(letters.substring(partAt[i], isLast ? letters.length() : partAt[i + 1]), partStart[i],
                    isLast ? end : endBefore[i + 1], i == 0 ? Token.Kind.WORD : Token.Kind.PART));
        }
        letters.setLength(0);
        parts = 0;
        isCut = false;
        last = LetterCase.NONE;
    }
}
