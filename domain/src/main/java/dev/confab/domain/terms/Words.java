package dev.confab.domain.terms;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a text, to be counted and shown. The tokenizer of the search says where they are; they keep their accents, which the terms
 * of an index do not have.
 *
 * @param count a word is a run of letters and digits; where no space separates words, each character counts. Emoji do not count
 * @param used each word in lower case, again as often as it is used; where no space separates words, each two characters that follow each
 *     other, or one that stands alone. Numbers and words of more than {@link Terms#MAX_TERM_LENGTH} characters are left out
 */
public record Words(int count, List<String> used) {
    public Words {
        used = List.copyOf(used);
    }

    public static Words of(String text) {
        List<Token> tokens = Tokenizer.tokens(text);
        var used = new ArrayList<String>();
        int count = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() == Token.Kind.PART || isEmoji(token)) {
                continue;
            }
            count++;
            if (!token.isCharacter()) {
                add(used, text, token.start(), endOfWord(tokens, i));
            } else if (followsCharacter(tokens, i)) {
                add(used, text, tokens.get(i - 1).start(), token.end());
            } else if (!followsCharacter(tokens, i + 1)) {
                add(used, text, token.start(), token.end());
            }
        }
        return new Words(count, used);
    }

    private static int endOfWord(List<Token> tokens, int first) {
        int last = first;
        while (last + 1 < tokens.size() && tokens.get(last + 1).kind() == Token.Kind.PART) {
            last++;
        }
        return tokens.get(last).end();
    }

    /** Whether the token makes a pair with the one before it. */
    private static boolean followsCharacter(List<Token> tokens, int i) {
        return i > 0 && i < tokens.size() && tokens.get(i).kind() == Token.Kind.NEXT_CHARACTER
                && !isEmoji(tokens.get(i)) && !isEmoji(tokens.get(i - 1));
    }

    private static void add(List<String> used, String text, int start, int end) {
        if (end - start > Terms.MAX_TERM_LENGTH) {
            return;
        }
        boolean hasLetter = false;
        boolean isAscii = true;
        for (int i = start; i < end; i++) {
            hasLetter |= Character.isLetter(text.codePointAt(i));
            isAscii &= text.charAt(i) < 0x80;
        }
        if (hasLetter) {
            String word = text.substring(start, end).toLowerCase(Locale.ROOT);
            used.add(isAscii ? word : Normalizer.normalize(word, Normalizer.Form.NFC));
        }
    }

    /** Other tokens that are characters are letters or digits. */
    private static boolean isEmoji(Token token) {
        return token.isCharacter() && !Character.isLetterOrDigit(token.text().codePointAt(0));
    }
}
