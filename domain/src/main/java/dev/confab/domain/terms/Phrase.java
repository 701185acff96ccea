package dev.confab.domain.terms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Words and characters that follow each other.
 *
 * @param tokens a word is one of them, whatever its case: {@code hashMap} finds {@code HASHMAP}
 * @param isPrefix whether the last one, a word, also finds words that begin with it
 */
record Phrase(List<Token> tokens, boolean isPrefix) {
    private static final int NOT_HERE = -1;

    /** Empty when the text has no word. */
    static Optional<Phrase> of(String text) {
        var words = new ArrayList<Token>();
        for (Token token : Tokenizer.tokens(text)) {
            words.add(token.kind() == Token.Kind.PART ? joined(words.removeLast(), token) : token);
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(new Phrase(List.copyOf(words), false));
    }

    private static Token joined(Token word, Token part) {
        return new Token(word.text() + part.text(), word.start(), part.end(), word.kind());
    }

    Phrase withPrefix() {
        return new Phrase(tokens, !tokens.getLast().isCharacter());
    }

    Optional<String> prefix() {
        return isPrefix ? Optional.of(tokens.getLast().text()) : Optional.empty();
    }

    /** Of characters that follow each other the pairs are enough. */
    void addTerms(Set<String> terms) {
        for (int i = 0; i < tokens.size() - (isPrefix ? 1 : 0); i++) {
            boolean hasNext = i + 1 < tokens.size() && tokens.get(i + 1).kind() == Token.Kind.NEXT_CHARACTER;
            switch (tokens.get(i).kind()) {
                case NEXT_CHARACTER -> terms.add(Terms.pair(tokens.get(i - 1), tokens.get(i)));
                case CHARACTER -> {
                    if (!hasNext) {
                        terms.add(tokens.get(i).text());
                    }
                }
                case WORD, PART -> terms.add(tokens.get(i).text());
            }
        }
    }

    boolean isIn(List<Token> text) {
        for (int i = 0; i < text.size(); i++) {
            if (endAt(text, i) != NOT_HERE) {
                return true;
            }
        }
        return false;
    }

    void addPlaces(List<Token> text, List<Phrases.Place> places) {
        for (int i = 0; i < text.size(); i++) {
            int end = endAt(text, i);
            if (end != NOT_HERE) {
                places.add(new Phrases.Place(text.get(i).start(), text.get(end - 1).end()));
            }
        }
    }

    /** The index after the last token if the phrase begins here. */
    private int endAt(List<Token> text, int from) {
        int next = from;
        for (int i = 0; i < tokens.size() && next != NOT_HERE; i++) {
            Token wanted = tokens.get(i);
            if (next == text.size()) {
                return NOT_HERE;
            }
            if (wanted.isCharacter()) {
                next = isCharacter(wanted, text.get(next), i == 0) ? next + 1 : NOT_HERE;
            } else {
                next = endOfWord(wanted.text(), isPrefix && i == tokens.size() - 1, text, next);
            }
        }
        return next;
    }

    private static boolean isCharacter(Token wanted, Token found, boolean isFirst) {
        return found.isCharacter() && found.text().equals(wanted.text())
                && (isFirst || wanted.kind() == Token.Kind.CHARACTER || found.kind() == Token.Kind.NEXT_CHARACTER);
    }

    /** The index after the word, or after the successive parts of one, if that is the wanted word. */
    private static int endOfWord(String wanted, boolean prefix, List<Token> text, int from) {
        if (text.get(from).isCharacter()) {
            return NOT_HERE;
        }
        int done = 0;
        for (int i = from; i < text.size() && (i == from || isPart(text, i)); i++) {
            String part = text.get(i).text();
            boolean isRest = wanted.startsWith(part, done);
            done += part.length();
            if (isRest && done == wanted.length() && isTerm(text, from, i + 1)) {
                return i + 1;
            }
            if (done >= wanted.length() || !isRest) {
                boolean begins = part.startsWith(wanted.substring(done - part.length()));
                return prefix && begins && beginsTerm(text, from, i + 1) ? i + 1 : NOT_HERE;
            }
        }
        return NOT_HERE;
    }

    /** Whether {@link Terms} makes one term of the tokens. */
    private static boolean isTerm(List<Token> text, int from, int end) {
        boolean isWhole = text.get(from).kind() == Token.Kind.WORD && !isPart(text, end);
        return isWhole || end - from <= Terms.MAX_PARTS;
    }

    /** Whether {@link Terms} makes a term of the tokens, or one that continues after them. */
    private static boolean beginsTerm(List<Token> text, int from, int end) {
        return text.get(from).kind() == Token.Kind.WORD || end - from <= Terms.MAX_PARTS;
    }

    private static boolean isPart(List<Token> text, int i) {
        return i < text.size() && text.get(i).kind() == Token.Kind.PART;
    }
}
