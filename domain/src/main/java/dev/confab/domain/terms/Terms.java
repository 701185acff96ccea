package dev.confab.domain.terms;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;

/**
 * The terms of a text, by which a store's index finds it.
 *
 * <p>A word is a run of letters and digits; everything else separates words. Its terms are the word, without case and accents, and where the
 * case of its letters changes, as in {@code getUserName}, also each of its parts and two or three successive ones: {@code get}, {@code user},
 * {@code name}, {@code getuser}, {@code username}. Where a script separates no words by spaces, as Chinese, Japanese, Korean and Thai, the
 * terms are each character and each two characters that follow each other; an emoji is such a character.
 *
 * <p>A term has 1..100 UTF-16 characters and no upper case; a longer one is cut after 100.
 */
public final class Terms {
    /** Changes with every change of the terms that a text has. A store makes its index again if an earlier version made it. */
    public static final int VERSION = 2;
    public static final int MAX_TERM_LENGTH = 100;
    /** How many successive parts of a word make a term. */
    static final int MAX_PARTS = 3;

    private Terms() {
    }

    /** The distinct terms of a text, in order of their first occurrence. */
    public static SequencedSet<String> of(String text) {
        List<Token> tokens = Tokenizer.tokens(text);
        var terms = new LinkedHashSet<String>();
        for (int i = 0; i < tokens.size(); i++) {
            switch (tokens.get(i).kind()) {
                case WORD -> addAll(terms, tokens, i, Integer.MAX_VALUE);
                case PART -> addAll(terms, tokens, i, MAX_PARTS);
                case CHARACTER -> terms.add(tokens.get(i).text());
                case NEXT_CHARACTER -> {
                    terms.add(tokens.get(i).text());
                    terms.add(pair(tokens.get(i - 1), tokens.get(i)));
                }
            }
        }
        return terms;
    }

    static String pair(Token first, Token second) {
        return first.text() + second.text();
    }

    /** Adds the parts that begin here: up to {@link #MAX_PARTS}, and the whole word if there is no limit. */
    private static void addAll(Set<String> terms, List<Token> tokens, int from, int limit) {
        String term = tokens.get(from).text();
        int count = 1;
        for (int next = from + 1; next < tokens.size() && count < limit
                && tokens.get(next).kind() == Token.Kind.PART; next++) {
            if (count <= MAX_PARTS) {
                terms.add(term);
            }
            term = term + tokens.get(next).text();
            count++;
        }
        terms.add(term);
    }
}
