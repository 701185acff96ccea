package dev.confab.domain.query;

import dev.confab.domain.conversation.Terms;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a text, about 160 characters, around the first word that matches. All stores use it and so return the same.
 *
 * @param text with "…" where text is left out
 */
public record Snippet(String text, List<Match> matches) {
    private static final int BEFORE = 40;
    private static final int LENGTH = 160;

    /** The position of a matching word in the snippet: UTF-16 offsets, the end exclusive. */
    public record Match(int start, int end) {
    }

    public Snippet {
        matches = List.copyOf(matches);
    }

    public static Snippet of(String source, SearchQuery query) {
        List<String> terms = query.terms();
        List<Terms.Word> found = Terms.words(source).stream()
                .filter(word -> isFound(word.term(), terms, query.prefix())).toList();
        int first = found.isEmpty() ? 0 : found.getFirst().start();
        int start = boundary(source, Math.max(0, first - BEFORE));
        int end = boundary(source, Math.min(source.length(), start + LENGTH));
        String head = start > 0 ? "…" : "";
        String tail = end < source.length() ? "…" : "";
        var matches = new ArrayList<Match>();
        for (Terms.Word word : found) {
            if (word.start() >= start && word.start() < end) {
                int shift = head.length() - start;
                matches.add(new Match(word.start() + shift, Math.min(word.end(), end) + shift));
            }
        }
        return new Snippet(head + source.substring(start, end) + tail, matches);
    }

    private static boolean isFound(String term, List<String> terms, boolean prefix) {
        return terms.contains(term) || prefix && term.startsWith(terms.getLast());
    }

    /** The offset, or the one before it if it is between the halves of a surrogate pair. */
    private static int boundary(String text, int offset) {
        boolean inPair = offset > 0 && offset < text.length() && Character.isLowSurrogate(text.charAt(offset))
                && Character.isHighSurrogate(text.charAt(offset - 1));
        return inPair ? offset - 1 : offset;
    }
}
