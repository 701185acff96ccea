package dev.confab.domain.terms;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * The words of a query, between white space. A text matches if it contains each of them, in any order. A word of several tokens, such as
 * {@code well-known}, {@code java.util.HashMap} or 旅行, matches only where these tokens follow each other.
 */
public final class Phrases {
    private final List<Phrase> phrases;

    private Phrases(List<Phrase> phrases) {
        this.phrases = phrases;
    }

    /** A place in a text: UTF-16 offsets, the end exclusive. */
    public record Place(int start, int end) {
    }

    /** @param prefix whether the last word also finds words that begin with it; a character of a script without spaces begins no word */
    public static Phrases of(String query, boolean prefix) {
        var phrases = new ArrayList<Phrase>();
        int start = 0;
        for (int end = 0; end <= query.length(); end++) {
            if (end == query.length() || isSpace(query.charAt(end))) {
                Phrase.of(query.substring(start, end)).ifPresent(phrases::add);
                start = end + 1;
            }
        }
        if (prefix && !phrases.isEmpty()) {
            phrases.add(phrases.removeLast().withPrefix());
        }
        return new Phrases(List.copyOf(phrases));
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    public boolean isEmpty() {
        return phrases.isEmpty();
    }

    /** The distinct terms that every matching text has, without the {@link #prefix}. */
    public SequencedSet<String> terms() {
        var terms = new LinkedHashSet<String>();
        phrases.forEach(phrase -> phrase.addTerms(terms));
        return terms;
    }

    /** The beginning of at least one term of every matching text; empty unless the last word is a prefix. */
    public Optional<String> prefix() {
        return phrases.isEmpty() ? Optional.empty() : phrases.getLast().prefix();
    }

    public boolean matches(String text) {
        List<Token> tokens = Tokenizer.tokens(text);
        return phrases.stream().allMatch(phrase -> phrase.isIn(tokens));
    }

    /** All places of all phrases in the text, in ascending order. Places that overlap are joined. */
    public List<Place> find(String text) {
        List<Token> tokens = Tokenizer.tokens(text);
        var found = new ArrayList<Place>();
        phrases.forEach(phrase -> phrase.addPlaces(tokens, found));
        found.sort(Comparator.comparingInt(Place::start).thenComparingInt(Place::end));
        var places = new ArrayList<Place>();
        for (Place place : found) {
            boolean overlaps = !places.isEmpty() && place.start() < places.getLast().end();
            places.add(overlaps ? union(places.removeLast(), place) : place);
        }
        return places;
    }

    private static Place union(Place first, Place second) {
        return new Place(first.start(), Math.max(first.end(), second.end()));
    }
}
