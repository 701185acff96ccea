package dev.confab.domain.terms;

import java.util.ArrayList;
import java.util.List;

/** Scans a text once, from its beginning to its end. */
final class Tokenizer {
    /** Separates words of Thai or Khmer, where it is typed; a reader does not see whether it is. */
    static final int ZERO_WIDTH_SPACE = 0x200B;
    /** As many marks as Unicode's stream-safe format allows, so that no normalization takes long. */
    private static final int MAX_MARKS = 30;

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final WordBuilder word = new WordBuilder(tokens);
    private final StringBuilder character = new StringBuilder();
    private int characterStart;
    private int characterEnd;
    /** Whether no separator follows the last character of a script without spaces. */
    private boolean joins;
    /** Of the last character that is not ASCII, or has marks. */
    private boolean hasOptionalMarks;

    private Tokenizer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        var tokenizer = new Tokenizer(text);
        tokenizer.scan();
        return tokenizer.tokens;
    }

    private void scan() {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int next = at + 1;
            if (c < 0x80 && (next == text.length() || !isExtending(text.charAt(next)))) {
                ascii(c, at);
            } else {
                next = endOfSegment(at);
                segment(at, visibleEnd(at, next));
            }
            at = next;
        }
        endToken();
    }

    private void ascii(char c, int at) {
        if (!CharacterClass.isAsciiLetterOrDigit(c)) {
            separate();
        } else {
            beginLetter(c, at);
            word.append(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c, at + 1);
        }
    }

    /** A character, the marks that follow it, and what is invisible between them. */
    private int endOfSegment(int start) {
        int end = start + Character.charCount(text.codePointAt(start));
        for (int marks = 0; marks < MAX_MARKS && end < text.length() && isExtending(text.codePointAt(end)); marks++) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    /** Leaves out joiners and soft hyphens at the end: a highlight must not cover them. */
    private int visibleEnd(int start, int end) {
        int visible = end;
        while (visible > start + 1 && Character.getType(text.charAt(visible - 1)) == Character.FORMAT) {
            visible--;
        }
        return visible;
    }

    /** Half-width katakana have their marks as characters of their own. */
    private static boolean isExtending(int codePoint) {
        return codePoint >= 0x80 && (CharacterClass.isMark(codePoint) || Folding.isInvisible(codePoint)
                || codePoint == 0xFF9E || codePoint == 0xFF9F);
    }

    private void segment(int start, int end) {
        int first = text.codePointAt(start);
        if (first == ZERO_WIDTH_SPACE) {
            endToken();
            return;
        }
        if (!isExtending(first)) {
            hasOptionalMarks = CharacterClass.hasOptionalMarks(first);
        } else if (hasOptionalMarks) {
            // More marks of the segment before.
            return;
        }
        String folded = Folding.fold(text.substring(start, end));
        boolean isLetter = false;
        for (int i = 0; i < folded.length(); i += Character.charCount(folded.codePointAt(i))) {
            int c = folded.codePointAt(i);
            switch (CharacterClass.of(c)) {
                case LETTER -> {
                    if (!isLetter) {
                        beginLetter(first, start);
                        isLetter = true;
                    }
                    word.append(c, end);
                }
                case ALONE -> alone(c, start, end);
                case MARK -> mark(c, end);
                case SEPARATOR -> {
                    separate();
                    isLetter = false;
                }
            }
        }
    }

    private void beginLetter(int codePoint, int start) {
        endCharacter();
        joins = false;
        word.begin(LetterCase.of(codePoint), start);
    }

    private void alone(int c, int start, int end) {
        word.end();
        boolean isSecondOfFlag = CharacterClass.isRegionalIndicator(c) && character.length() == 2
                && CharacterClass.isRegionalIndicator(character.codePointAt(0));
        if (!isSecondOfFlag) {
            endCharacter();
            characterStart = start;
        }
        character.appendCodePoint(c);
        characterEnd = end;
    }

    /** A mark without a character before it means nothing. */
    private void mark(int c, int end) {
        if (!character.isEmpty()) {
            if (character.length() < Terms.MAX_TERM_LENGTH - 1) {
                character.appendCodePoint(c);
            }
            characterEnd = end;
        } else {
            word.mark(c, end);
        }
    }

    private void separate() {
        endToken();
        joins = false;
    }

    private void endToken() {
        word.end();
        endCharacter();
    }

    private void endCharacter() {
        if (!character.isEmpty()) {
            tokens.add(new Token(character.toString(), characterStart, characterEnd,
                    joins ? Token.Kind.NEXT_CHARACTER : Token.Kind.CHARACTER));
            character.setLength(0);
            joins = true;
        }
    }
}
